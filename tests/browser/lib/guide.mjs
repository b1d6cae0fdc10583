// Who leads a tour: someone with a browser of their own, and the steps that every way is made of,
// by names of fields and addresses, which are the same in every language.
import { person } from './browser.mjs'
import { dynamodb, linkIn, mailTo } from './world.mjs'

export class Guide {
  constructor(browser, world, language, look) {
    Object.assign(this, { browser, world, language, look, idle: [] })
  }

  /**
   * Someone with a browser of their own, logged in if `who` is given; `close` it in the end. A browser
   * that someone has left is cleaned for the next, as starting one takes longer than using it.
   */
  async enter(who) {
    const someone = this.idle.pop() ?? (await person(this.browser, this.world, { locale: this.language }))
    await someone.context.clearCookies()
    someone.close = () => this.idle.push(someone)
    if (who) {
      await someone.page.goto('/logg-inn')
      await identify(someone.page, who.pid)
    }
    return someone
  }

  /** Runs `walk` as such a person; nothing may be blocked or broken on the way. */
  async as(who, walk) {
    const someone = await this.enter(who)
    await walk(someone.page, someone.context)
    if (someone.complaints.length) throw new Error(`Blocked or broken: ${someone.complaints.join('\n')}`)
    await someone.close()
  }

  async ask(page, who) {
    await search(page, who.address)
    await turnTo(page, '/bekreft')
    await send(page, '/bekreft')
    await page.waitForURL('**/sendt')
  }

  async linkFor(page, who) {
    await this.ask(page, who)
    return linkIn(await mailTo(this.world, who.address))
  }
}

export async function identify(page, pid, level = 'idporten-loa-substantial') {
  await page.locator('[name=pid]').fill(pid)
  await page.locator('[name=level]').selectOption(level)
  await press(page, page.locator('[name=action][value=login]'))
}

export async function search(page, address) {
  await page.goto('/sok')
  await page.locator('[name=epost]').fill(address)
  await send(page, '/sok')
}

/** Follows a link as a browser does that loads pages before anyone wants them. */
export async function aheadOfTime(page, link) {
  await page.setExtraHTTPHeaders({ 'sec-purpose': 'prefetch' })
  await page.goto(link)
  await page.setExtraHTTPHeaders({})
}

/**
 * Presses what leads to another page, and waits for that page. A click alone may return before a busy
 * browser has set out: then the page before would be looked at, under the name of the one to come.
 */
export const press = (page, control) => Promise.all([page.waitForNavigation(), control.click()])

/** Presses the first button of the form that posts to `path`. */
export const send = (page, path) => press(page, page.locator(`form[method=post][action^="${path}"] button`).first())
/** Presses the first button of the form that leads to `path` and changes nothing. */
export const turnTo = (page, path) => press(page, page.locator(`form[method=get][action="${path}"] button`).first())
export const choose = (page, value) => press(page, page.locator(`[name=valg][value=${value}]`))

/** «Jeg ba ikke om e-posten», on another person's link: leads to the second look. */
export const didNotAsk = (page) => press(page, page.locator('a[href$="&valg=stopp"]').first())
/** The same, and «Dette var ikke meg». */
export async function stop(page) {
  await didNotAsk(page)
  await choose(page, 'stopp')
}

/** The item of a person's request, found by the address it is about. */
export async function requestOf(world, { address }) {
  const { Items } = await dynamodb(world, 'Scan', { TableName: 'kontobro-pending' })
  return Items.find(({ email, link_expires_at }) => link_expires_at && email.S === address)
}

/** Changes an item as only time, an operator or a mishap can. */
export const alter = (world, table, { pk, sk }, expression, values) =>
  dynamodb(world, 'UpdateItem', {
    TableName: `kontobro-${table}`,
    Key: { pk, sk },
    UpdateExpression: expression,
    ExpressionAttributeValues: values,
  })
