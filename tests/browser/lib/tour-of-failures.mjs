// The part of the tour where things go wrong that seldom do: logins, links, limits, and the store.
import { alter, choose, identify, requestOf, search, send, stop, turnTo } from './guide.mjs'
import { EIRIK, GUNNAR, GURO, HEGE, INGRID, OLA, SHORT, SIV, STINE, STRANGER, THOMAS } from './people.mjs'
import { breakDown, dynamodb, linkIn, mailTo, mend } from './world.mjs'

/** Over 64 kB, the most that is read. */
const TOO_MUCH = 'x'.repeat(70_000)
const SEARCHES_PER_HOUR = 10
const MAILS_PER_DAY = 3
const MAILS_TO_ACCOUNT = 10

/** Those before the clock is put forward, and those that leave the world broken. */
export const failures = (guide) => ({
  async before() {
    await logins(guide)
    await manyLogins(guide)
    await forms(guide)
    await links(guide)
    await changedAccount(guide)
    await tooManyMailsToAccount(guide)
    await tooMuch(guide)
  },
  async after() {
    await takenBack(guide)
    await notConfirmed(guide)
    await unreadable(guide)
    await storeGone(guide)
  },
})

async function logins(guide) {
  for (const [name, level] of [['innlogging-for-svak', 'idporten-loa-low'], ['innlogging-uten-nummer', 'eidas-loa-substantial']])
    await guide.as(null, async (page) => {
      await page.goto('/logg-inn')
      await identify(page, STRANGER.pid, level)
      await guide.look(name, page)
    })
  for (const [name, error] of [
    ['innlogging-avbrutt', 'access_denied'], ['innlogging-mislyktes', 'invalid_scope'],
    ['innlogging-nede', 'temporarily_unavailable'],
  ])
    await guide.as(null, async (page) => {
      await page.goto('/logg-inn')
      const form = { attempt: await page.locator('[name=attempt]').inputValue(), action: 'cancel' }
      const back = await page.request.post(`${guide.world.idporten}/login`, { form, maxRedirects: 0 })
      const answer = new URL(back.headers().location)
      answer.searchParams.set('error', error)
      await page.goto(String(answer))
      await guide.look(name, page)
    })
}

/** Three newer ones push the first login out. */
const manyLogins = (guide) =>
  guide.as(null, async (page, context) => {
    await page.goto('/logg-inn')
    for (let n = 0; n < 3; n++) {
      const tab = await context.newPage()
      await tab.goto('/logg-inn')
      await tab.close()
    }
    await identify(page, STRANGER.pid)
    await guide.look('innlogging-sluppet', page)
  })

const forms = (guide) =>
  guide.as(GUNNAR, async (page, context) => {
    await page.goto('/bekreft?konto=gammel')
    await guide.look('feil-gammel-side', page)
    await page.goto('/sok')
    await page.locator('form[action^="/sok"] [name=csrf]').evaluate((field) => (field.value = 'en annens'))
    await send(page, '/sok')
    await guide.look('feil-fremmed-skjema', page)
    await page.goto('/sok')
    await context.clearCookies({ name: '__Host-kontobro' })
    await send(page, '/sok')
    await guide.look('feil-ikke-innlogget', page)
  })

const links = (guide) =>
  guide.as(INGRID, async (page) => {
    const first = await guide.linkFor(page, INGRID)
    await choose(page, 'avbryt')
    await guide.look('søk-avbrutt', page)
    await page.goto(first)
    await guide.look('lenke-avbrutt', page)
    await guide.as(SHORT, async (other) => {
      await other.goto(first)
      await stop(other)
      await guide.look('lenke-ingenting-å-stoppe', other)
    })
    const second = await guide.linkFor(page, INGRID)
    await page.goto(first)
    await guide.look('lenke-avbrutt-venter', page)
    await mailed(guide, INGRID, 2)
    await page.goto(second)
    await guide.look('lenke-nyere', page)
    await mailed(guide, INGRID, 1)
    const third = await guide.linkFor(page, THOMAS) // an account that is nobody's yet
    await page.goto(second)
    await guide.look('lenke-noe-annet-siden', page)
    const yesterday = { ':past': { N: String(Math.floor(Date.now() / 1000) - 60) } }
    await alter(guide.world, 'pending', await requestOf(guide.world, THOMAS), 'SET link_expires_at = :past', yesterday)
    await page.goto(third)
    await guide.look('lenke-utløpt', page)
    await page.goto('/sendt')
    await guide.look('sendt-utløpt', page)
    await page.goto(second)
    await guide.look('lenke-noe-annet-utløpt', page)
    const another = { ':id': { S: '0'.repeat(26) } }
    await alter(guide.world, 'pending', await requestOf(guide.world, THOMAS), 'SET id = :id', another)
    await page.goto(third)
    await guide.look('lenke-ukjent', page)
  })

/** Which mail of a person's request is the newest. */
async function mailed(guide, who, nth) {
  await alter(guide.world, 'pending', await requestOf(guide.world, who), 'SET generation = :nth', { ':nth': { N: String(nth) } })
}

/** A link that gave an account which staff have taken back since. */
const takenBack = async (guide) => {
  const { Items } = await dynamodb(guide.world, 'Scan', { TableName: 'kontobro-accounts' })
  const gathered = Items.find(({ email, merged_into }) => merged_into && email.S === SIV.address)
  for (const { pk, sk } of Items.filter(({ pk, account }) => pk.S.startsWith('PERSON#') && account.S === gathered.merged_into.S))
    await dynamodb(guide.world, 'DeleteItem', { TableName: 'kontobro-accounts', Key: { pk, sk } })
  await guide.as(SIV, async (page) => {
    await page.goto(linkIn(await mailTo(guide.world, SIV.address, linkIn)))
    await guide.look('lenke-brukt', page)
  })
}

const changedAccount = (guide) =>
  guide.as(STINE, async (page) => {
    const link = await guide.linkFor(page, STINE)
    const { account } = await requestOf(guide.world, STINE)
    await search(page, STINE.address)
    await turnTo(page, '/bekreft')
    await alter(guide.world, 'accounts', itemOf(account, 'ACCOUNT'), 'ADD version :one', { ':one': { N: '1' } })
    await send(page, '/bekreft')
    await guide.look('feil-konto-endret-siden-søket', page)
    await page.goto(link)
    await guide.look('lenke-konto-endret', page)
  })

async function tooManyMailsToAccount(guide) {
  await guide.as(EIRIK, (page) => guide.ask(page, EIRIK))
  const { account } = await requestOf(guide.world, EIRIK)
  await alter(guide.world, 'accounts', itemOf(account, 'LEDGER'), 'SET mails = :all', { ':all': { N: String(MAILS_TO_ACCOUNT) } })
  await guide.as(THOMAS, async (page) => {
    await search(page, EIRIK.address)
    await turnTo(page, '/bekreft')
    await send(page, '/bekreft')
    await guide.look('feil-mange-e-poster-om-kontoen', page)
  })
}

const itemOf = (account, sk) => ({ pk: { S: `ACCOUNT#${account.S}` }, sk: { S: sk } })

const tooMuch = (guide) =>
  guide.as(OLA, async (page) => {
    for (let mail = 0; mail < MAILS_PER_DAY; mail++) {
      await guide.ask(page, OLA)
      await choose(page, 'avbryt')
    }
    await search(page, OLA.address)
    await turnTo(page, '/bekreft')
    await send(page, '/bekreft')
    await guide.look('feil-mange-e-poster', page)
    await searchTooOften(page)
    await guide.look('søk-for-mange', page)
    await search(page, TOO_MUCH)
    await guide.look('feil-for-mye', page)
  })

/** Until it is refused: an hour that begins on the way begins a new count. */
async function searchTooOften(page) {
  for (let made = 0; made <= 2 * SEARCHES_PER_HOUR; made++) {
    await search(page, OLA.address)
    if (await page.locator('.ds-alert[data-color=warning]').count()) return
  }
  throw new Error('Nobody counts the searches')
}

/** The store takes the change, or does not, and never says. */
const notConfirmed = (guide) =>
  guide.as(GURO, async (page) => {
    await search(page, GURO.address)
    await turnTo(page, '/bekreft')
    await breakDown(guide.world, 'dynamodb', 'hang', 'TransactWriteItems')
    await send(page, '/bekreft')
    await guide.look('feil-uvisst', page)
    await mend(guide.world)
  })

/** Something stands in the store that nobody wrote. */
const unreadable = (guide) =>
  guide.as(HEGE, async (page) => {
    await alter(guide.world, 'pending', await requestOf(guide.world, HEGE), 'SET mail = :odd', { ':odd': { N: '99' } })
    await page.goto('/sendt')
    await guide.look('feil-hos-oss', page)
  })

const storeGone = (guide) =>
  guide.as(GUNNAR, async (page) => {
    await dynamodb(guide.world, 'DeleteTable', { TableName: 'kontobro-pending' })
    await page.goto('/sok')
    await guide.look('feil-utilgjengelig', page)
  })
