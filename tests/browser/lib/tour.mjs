// Every screen there is and every mistake one can make, in one language: `look(name, page)` is
// called at each, before the tour goes on. Finds its way by names of fields and by addresses, which
// are the same in every language. A tour uses its world up: start one for each.
import { person } from './browser.mjs'
import { AGNIESZKA, BJORN, GUNNAR, INGRID, KARI, KARI_HANSEN, LONG, NORA, OLA, SARA, STRANGER } from './people.mjs'
import { decide, dynamodb, linkIn, mailTo } from './world.mjs'

/** Over 64 kB, the most that is read. */
const TOO_MUCH = 'x'.repeat(70_000)
const SEARCHES_PER_HOUR = 10
const MAILS_PER_DAY = 3

/** Goes through all screens of `world` in `language`: nb, nn or en. */
export async function tour(browser, world, language, look) {
  const guide = new Guide(browser, world, language, look)
  await guide.beforeLogin()
  await guide.loginsThatFail()
  await guide.searching()
  await guide.newAccount()
  await guide.longAddress()
  await guide.oldAccount()
  await guide.mailsThatFail()
  await guide.linksThatFail()
  await guide.twoPeopleAndOneAccount()
  await guide.tooMuch()
  await guide.mails()
  await guide.ourFault()
}

class Guide {
  constructor(browser, world, language, look) {
    Object.assign(this, { browser, world, language, look })
  }

  /** Runs `walk` as someone with a browser of their own, logged in if `who` is given. */
  async as(who, walk) {
    const someone = await person(this.browser, this.world, { locale: this.language })
    const { page } = someone
    if (who) {
      await page.goto('/logg-inn')
      await identify(page, who.pid)
    }
    await walk(page, someone.context)
    if (someone.complaints.length) throw new Error(`Blocked or broken: ${someone.complaints.join('\n')}`)
    await someone.close()
  }

  async ask(page, who) {
    await search(page, who.address)
    await page.locator('form[action="/bekreft"] button').first().click()
    await send(page, '/bekreft')
    await page.waitForURL('**/sendt')
  }

  async linkFor(page, who) {
    await this.ask(page, who)
    return linkIn(await mailTo(this.world, who.address))
  }

  beforeLogin = () =>
    this.as(null, async (page) => {
      for (const [name, path] of [
        ['start', '/'], ['hjelp', '/hjelp'], ['personvern', '/personvern'],
        ['tilgjengelighet', '/tilgjengelighet'], ['logget-ut', '/logget-ut'],
        ['feil-ukjent-side', '/finnes-ikke'], ['feil-uforståelig', '/?a=1&a=2'],
        ['innlogging-for-gammel', '/logg-inn/svar'], ['lenke-ufullstendig', '/b?t=halv'],
      ]) {
        await page.goto(path)
        await this.look(name, page)
      }
    })

  async loginsThatFail() {
    for (const [name, level] of [['innlogging-for-svak', 'idporten-loa-low'], ['innlogging-uten-nummer', 'eidas-loa-substantial']]) {
      await this.as(null, async (page) => {
        await page.goto('/logg-inn')
        await identify(page, STRANGER.pid, level)
        await this.look(name, page)
      })
    }
    for (const [name, error] of [
      ['innlogging-avbrutt', 'access_denied'], ['innlogging-mislyktes', 'server_error'],
      ['innlogging-nede', 'temporarily_unavailable'],
    ]) {
      await this.as(null, async (page) => {
        await page.goto('/logg-inn')
        const form = { attempt: await page.locator('[name=attempt]').inputValue(), action: 'cancel' }
        const back = await page.request.post(`${this.world.idporten}/login`, { form, maxRedirects: 0 })
        const answer = new URL(back.headers().location)
        answer.searchParams.set('error', error)
        await page.goto(String(answer))
        await this.look(name, page)
      })
    }
  }

  searching = () =>
    this.as(KARI_HANSEN, async (page) => {
      await this.look('søk', page)
      await search(page, '')
      await this.look('søk-tomt', page)
      await search(page, 'kari.hansen')
      await this.look('søk-ingen-adresse', page)
      await search(page, KARI_HANSEN.address)
      await this.look('treff-to', page)
      await search(page, 'vakta@example.com')
      await this.look('treff-for-mange', page)
      await search(page, GUNNAR.address)
      await this.look('treff-stengt', page)
      await search(page, INGRID.address)
      await this.look('treff-aldri-brukt', page)
      await page.goto('/bekreft?konto=gammel')
      await this.look('feil-gammel-side', page)
      await page.goto('/sok')
      await page.locator('form[action^="/sok"] [name=csrf]').evaluate((field) => (field.value = 'en annens'))
      await send(page, '/sok')
      await this.look('feil-fremmed-skjema', page)
    })

  newAccount = () =>
    this.as(NORA, async (page) => {
      await search(page, NORA.address)
      await this.look('treff-ingen', page)
      await page.locator('form[action="/ny"] button').click()
      await this.look('ny', page)
      await send(page, '/ny')
      await this.look('ny-uten-kryss', page)
      await page.locator('[name=ny]').check()
      await send(page, '/ny')
      await this.look('sendt-ny', page)
      await page.goto(linkIn(await mailTo(this.world, NORA.address)))
      await this.look('profil-ny', page)
      await page.locator('[name=fornavn]').fill('Nora')
      await page.locator('[name=etternavn]').fill('Ny')
      await send(page, '/profil')
      await this.look('ferdig-ny', page)
    })

  longAddress = () =>
    this.as(LONG, async (page) => {
      await search(page, LONG.address)
      await this.look('treff-ingen-lang-adresse', page)
      await page.locator('form[action="/ny"] button').click()
      await this.look('ny-lang-adresse', page)
      await page.locator('[name=ny]').check()
      await send(page, '/ny')
      await this.look('sendt-lang-adresse', page)
      await decide(this.world, await mailTo(this.world, LONG.address), 'bounce')
      await page.goto('/sendt')
      await this.look('sendt-i-retur-lang-adresse', page)
    })

  oldAccount = () =>
    this.as(KARI, async (page, context) => {
      await search(page, KARI.address)
      await this.look('treff', page)
      await page.locator('form[action="/bekreft"] button').click()
      await this.look('bekreft', page)
      await send(page, '/bekreft')
      await this.look('sendt', page)
      const mail = await mailTo(this.world, KARI.address)
      await choose(page, 'igjen')
      await this.look('sendt-vent', page)
      await choose(page, 'videre')
      await this.look('sendt-ikke-brukt', page)
      await page.reload()
      await this.look('sendt-tidligere', page)
      for (const [fate, name] of [['delay', 'sendt-forsinket'], ['deliver', 'sendt-levert']]) {
        await decide(this.world, mail, fate)
        await page.goto('/sendt')
        await this.look(name, page)
      }
      await this.as(null, async (phone) => {
        await phone.goto(linkIn(mail))
        await this.look('lenke-logg-inn', phone)
      })
      await this.as(OLA, async (other) => {
        await other.goto(linkIn(mail))
        await this.look('lenke-en-annens', other)
      })
      await aheadOfTime(page, linkIn(mail))
      await this.look('lenke-bekreft', page)
      await send(page, '/b')
      await this.look('profil', page)
      await page.locator('[name=fornavn]').fill('')
      await page.locator('[name=etternavn]').fill('x'.repeat(101))
      await page.locator('[name=telefon]').fill('ring meg')
      await send(page, '/profil')
      await this.look('profil-feil', page)
      await page.goto('/profil')
      const second = await context.newPage()
      await second.goto('/profil')
      await second.locator('[name=fornavn]').fill('Kari Anne')
      await send(second, '/profil')
      await this.look('ferdig', second)
      await second.close()
      await send(page, '/profil')
      await this.look('profil-endret-et-annet-sted', page)

      await page.locator('[name=epost]').fill('kari@ny.example.no')
      await send(page, '/profil')
      await this.look('ferdig-ny-adresse-bedt-om', page)
      const proof = linkIn(await mailTo(this.world, 'kari@ny.example.no'))
      await aheadOfTime(page, proof)
      await this.look('lenke-bekreft-adresse', page)
      await send(page, '/b')
      await this.look('ferdig-ny-adresse', page)

      await search(page, KARI.address)
      await this.look('treff-min-egen', page)
      await search(page, OLA.address)
      await page.locator('form[action="/bekreft"] button').click()
      await send(page, '/bekreft')
      await this.look('feil-har-konto', page)

      const cookies = await context.cookies()
      await send(page, '/logg-ut')
      await page.waitForURL('**/logget-ut?*')
      await context.addCookies(cookies)
      await page.goto('/profil')
      await this.look('feil-logget-ut', page)
    })

  async mailsThatFail() {
    await this.as(AGNIESZKA, async (page) => {
      await this.ask(page, AGNIESZKA)
      await decide(this.world, await mailTo(this.world, AGNIESZKA.address), 'bounce')
      await page.goto('/sendt')
      await this.look('sendt-i-retur', page)
    })
    await this.as(BJORN, async (page) => {
      await this.ask(page, BJORN) // SES takes no mail to such an address
      await this.look('sendt-umulig-adresse', page)
    })
  }

  linksThatFail = () =>
    this.as(INGRID, async (page) => {
      const first = await this.linkFor(page, INGRID)
      await choose(page, 'avbryt')
      await this.look('søk-avbrutt', page)
      await page.goto(first)
      await this.look('lenke-avbrutt', page)
      const second = await this.linkFor(page, INGRID)
      await page.goto(first)
      await this.look('lenke-nyere', page)
      await expire(this.world, INGRID)
      await page.goto(second)
      await this.look('lenke-utløpt', page)
      await page.goto('/sendt')
      await this.look('sendt-utløpt', page)
    })

  twoPeopleAndOneAccount = () =>
    this.as(STRANGER, async (page) => {
      const link = await this.linkFor(page, SARA)
      await this.as(SARA, async (owner) => {
        await owner.goto(await this.linkFor(owner, SARA))
      })
      await page.goto(link)
      await this.look('lenke-konto-tatt', page)
    })

  tooMuch = () =>
    this.as(OLA, async (page) => {
      for (let mail = 0; mail < MAILS_PER_DAY; mail++) {
        await this.ask(page, OLA)
        await choose(page, 'avbryt')
      }
      await search(page, OLA.address)
      await page.locator('form[action="/bekreft"] button').click()
      await send(page, '/bekreft')
      await this.look('feil-mange-e-poster', page)
      for (let made = MAILS_PER_DAY + 1; made <= SEARCHES_PER_HOUR; made++) await search(page, OLA.address)
      await this.look('søk-for-mange', page)
      await search(page, TOO_MUCH)
      await this.look('feil-for-mye', page)
    })

  /** What was mailed on the way. Receipts go by the minute. */
  mails = () =>
    this.as(null, async (page) => {
      const isProof = (mail) => linkIn(mail)
      for (const [name, address, wanted] of [
        ['e-post', AGNIESZKA.address, isProof], ['e-post-ny-konto', LONG.address, isProof],
        ['e-post-ny-adresse', 'kari@ny.example.no', isProof], ['e-post-til-gammel-adresse', KARI.address, (mail) => !linkIn(mail)],
        ['e-post-kvittering', SARA.address, (mail) => !linkIn(mail)],
      ]) {
        const mail = await mailTo(this.world, address, wanted)
        await page.setContent(mail.html)
        await this.look(name, page, mail)
      }
    })

  /** The store is gone. */
  ourFault = () =>
    this.as(GUNNAR, async (page) => {
      await dynamodb(this.world, 'DeleteTable', { TableName: 'kontobro-pending' })
      await page.goto('/sok')
      await this.look('feil-hos-oss', page)
    })
}

async function identify(page, pid, level = 'idporten-loa-substantial') {
  await page.locator('[name=pid]').fill(pid)
  await page.locator('[name=level]').selectOption(level)
  await page.locator('[name=action][value=login]').click()
}

async function search(page, address) {
  await page.goto('/sok')
  await page.locator('[name=epost]').fill(address)
  await send(page, '/sok')
}

/** Follows a link as a browser does that loads pages before anyone wants them. */
async function aheadOfTime(page, link) {
  await page.setExtraHTTPHeaders({ 'sec-purpose': 'prefetch' })
  await page.goto(link)
  await page.setExtraHTTPHeaders({})
}

/** Presses the first button of the form that posts to `path`. */
const send = (page, path) => page.locator(`form[method=post][action^="${path}"] button`).first().click()
const choose = (page, value) => page.locator(`[name=valg][value=${value}]`).click()

/** Lets the link of a person's request be of yesterday. */
async function expire(world, { address }) {
  const { Items } = await dynamodb(world, 'Scan', { TableName: 'kontobro-pending' })
  const { pk, sk } = Items.find(({ email, link_expires_at }) => link_expires_at && email.S === address)
  await dynamodb(world, 'UpdateItem', {
    TableName: 'kontobro-pending',
    Key: { pk, sk },
    UpdateExpression: 'SET link_expires_at = :past',
    ExpressionAttributeValues: { ':past': { N: String(Math.floor(Date.now() / 1000) - 60) } },
  })
}
