// Every screen there is and every mistake one can make, in one language: `look(name, page)` is
// called at each, before the tour goes on. Finds its way by names of fields and by addresses, which
// are the same in every language. A tour uses its world up: start one for each.
import { failures } from './tour-of-failures.mjs'
import { Guide, aheadOfTime, choose, didNotAsk, identify, press, search, send, stop, turnTo } from './guide.mjs'
import { AGNIESZKA, BJORN, EIRIK, GUNNAR, GURO, HEGE, INGRID, KARI, KARI_HANSEN, LONG, NAMELESS, NORA, OLA, SARA, SHORT, SIV, STRANGER, THOMAS } from './people.mjs'
import { breakDown, decide, linkIn, mailTo, mend } from './world.mjs'

/** Goes through all screens of `world` in `language`: nb, nn or en. */
export async function tour(browser, world, language, look) {
  const guide = new Guide(browser, world, language, look)
  const { before, after } = failures(guide)
  for (const part of [beforeLogin, searching, newAccount, gathering, longAddress, oldAccount, waiting, stopping, family]) await part(guide)
  await before()
  const [away, owner, late, typing] = [await guide.enter(STRANGER), await guide.enter(SARA), await guide.enter(EIRIK), await guide.enter(STRANGER)]
  await typing.page.goto('/sok') // they wait for a mail, so the login leads elsewhere
  await world.ahead(6)
  await notFresh(guide, owner)
  const hours = 'nb=hverdager kl. 9–15 | nn=kvardagar kl. 9–15 | en=on weekdays 9–15'
  for (const [name, minutes, settings] of [
    ['stengt', 7, { REOPENS: '2099-11-25T08:00:00+01:00', SUPPORT_PHONE: '+47 22 00 00 00', SUPPORT_HOURS: hours, SUPPORT_REPLY_DAYS: '2' }],
    ['stengt-på-ubestemt-tid', 20, { SUPPORT_PHONE: '+47 22 00 00 00', SUPPORT_REPLY_DAYS: '1' }],
  ]) {
    await world.ahead(minutes, { CLOSED: 'search', ...settings })
    await guide.as(THOMAS, async (page) => guide.look(name, page))
    await guide.as(null, async (page) => {
      await page.goto('/')
      await guide.look(name.replace('stengt', 'start-stengt'), page)
    })
  }
  await late.page.goto('/sendt')
  await world.ahead(40, { ACCESSIBILITY_STATEMENT: 'https://uustatus.no/nb/erklaringer/publisert/eksempel' })
  await typing.page.locator('[name=epost]').fill('kari@example.no')
  await send(typing.page, '/sok')
  await guide.look('feil-økt-utløpt-skrevet', typing.page)
  await typing.close()
  await away.page.goto('/sok')
  await guide.look('feil-økt-utløpt', away.page)
  await away.close()
  await late.page.goto(linkIn(await mailTo(world, EIRIK.address)))
  await guide.look('lenke-logg-inn-på-nytt', late.page)
  await late.close()
  await guide.as(null, async (page) => {
    await page.goto('/tilgjengelighet')
    await guide.look('tilgjengelighet-publisert', page)
  })
  await resending(guide)
  await mails(guide)
  await after()
  await Promise.all(guide.idle.map(({ context }) => context.close()))
}

const beforeLogin = (guide) =>
  guide.as(null, async (page) => {
    for (const [name, path] of [
      ['start', '/'], ['hjelp', '/hjelp'], ['personvern', '/personvern'],
      ['tilgjengelighet', '/tilgjengelighet'], ['logget-ut', '/logget-ut'], ['logget-ut-her', '/logg-ut'],
      ['feil-ukjent-side', '/finnes-ikke'], ['feil-uforståelig', '/?a=1&a=2'],
      ['innlogging-for-gammel', '/logg-inn/svar'], ['lenke-ufullstendig', '/b?t=halv'],
    ]) {
      await page.goto(path)
      await guide.look(name, page)
    }
    await page.evaluate(() => document.body.append(Object.assign(document.createElement('form'), { method: 'post', action: '/hjelp' })))
    await Promise.all([page.waitForNavigation(), page.evaluate(() => document.forms[0].submit())])
    await guide.look('feil-måte', page)
  })

/** Each mistake one can make in an address gets words of its own. */
const MISTAKES = [
  ['søk-to-krøllalfa', 'kari@@example.no'], ['søk-to-adresser', 'kari@example.no, per@example.no'],
  ['søk-mellomrom', 'kari hansen@example.no'], ['søk-ingenting-foran', '@example.no'],
  ['søk-ingenting-etter', 'kari@'], ['søk-umulig-tegn', 'kari(hansen)@example.no'],
  ['søk-punktum', 'kari..hansen@example.no'], ['søk-uten-slutt', 'kari@example'],
  ['søk-for-lang-adresse', `${'k'.repeat(65)}@example.no`], ['søk-umulig-domene', 'kari@-example.no'],
]

const searching = (guide) =>
  guide.as(KARI_HANSEN, async (page) => {
    await guide.look('søk', page)
    for (const [name, address] of [
      ['søk-tomt', ''], ['søk-ingen-adresse', 'kari.hansen'], ...MISTAKES, ['treff-to', KARI_HANSEN.address],
      ['treff-for-mange', 'vakta@example.com'], ['treff-stengt', GUNNAR.address], ['treff-aldri-brukt', INGRID.address],
      ['treff-uten-navn', NAMELESS.address], ['treff-kort-navn', SHORT.address],
    ]) {
      await search(page, address)
      await guide.look(name, page)
    }
    await page.goto('/')
    await guide.look('start-innlogget', page)
    await page.goto('/logg-ut')
    await guide.look('logg-ut', page)
  })

const newAccount = (guide) =>
  guide.as(NORA, async (page) => {
    await search(page, NORA.address)
    await guide.look('treff-ingen', page)
    await turnTo(page, '/ny')
    await guide.look('ny', page)
    await send(page, '/ny')
    await guide.look('ny-uten-kryss', page)
    await page.locator('[name=ny]').check()
    await send(page, '/ny')
    await guide.look('sendt-ny', page)
    await search(page, SIV.address)
    await turnTo(page, '/bekreft')
    await guide.look('bekreft-ny-konto-venter', page)
    await aheadOfTime(page, linkIn(await mailTo(guide.world, NORA.address)))
    await guide.look('lenke-bekreft-ny', page)
    await send(page, '/b')
    await guide.look('profil-ny', page)
    await page.locator('[name=fornavn]').fill('Nora')
    await page.locator('[name=etternavn]').fill('Ny')
    await send(page, '/profil')
    await guide.look('ferdig-ny', page)
  })

/** Nora has an account by now, and finds that she had one before. */
const gathering = (guide) =>
  guide.as(NORA, async (page) => {
    await page.goto('/sok')
    await guide.look('søk-har-konto', page)
    await search(page, 'nora')
    await guide.look('søk-har-konto-ingen-adresse', page)
    await search(page, NORA.address)
    await guide.look('treff-min-egen', page)
    await search(page, KARI_HANSEN.address)
    await guide.look('treff-to-har-konto', page)
    await search(page, SIV.address)
    await guide.look('treff-har-konto', page)
    await turnTo(page, '/bekreft')
    await guide.look('bekreft-har-konto', page)
    await send(page, '/bekreft')
    await guide.look('sendt-har-konto', page)
    const cancelled = linkIn(await mailTo(guide.world, SIV.address))
    await choose(page, 'avbryt')
    await guide.look('søk-har-konto-avbrutt', page)
    const link = await guide.linkFor(page, SIV)
    await page.goto('/profil')
    await guide.look('profil-konto-bedt-om', page)
    await aheadOfTime(page, link)
    await guide.look('lenke-bekreft-har-konto', page)
    await send(page, '/b')
    await guide.look('ferdig-slått-sammen', page)
    await page.goto('/profil')
    await guide.look('profil-slått-sammen', page)
    await page.goto(cancelled)
    await guide.look('lenke-avbrutt-har-konto', page)
  })

const longAddress = (guide) =>
  guide.as(LONG, async (page) => {
    await search(page, LONG.address)
    await guide.look('treff-ingen-lang-adresse', page)
    await turnTo(page, '/ny')
    await guide.look('ny-lang-adresse', page)
    await page.locator('[name=ny]').check()
    await send(page, '/ny')
    await guide.look('sendt-lang-adresse', page)
    await decide(guide.world, await mailTo(guide.world, LONG.address), 'bounce')
    await page.goto('/sendt')
    await guide.look('sendt-i-retur-lang-adresse', page)
    const link = linkIn(await mailTo(guide.world, LONG.address))
    await guide.as(SHORT, async (other) => {
      await other.goto(link)
      await stop(other)
    })
    await page.goto('/sendt')
    await guide.look('sendt-stoppet-ny', page)
  })

const oldAccount = (guide) =>
  guide.as(KARI, async (page, context) => {
    await search(page, KARI.address)
    await guide.look('treff', page)
    await turnTo(page, '/bekreft')
    await guide.look('bekreft', page)
    const elsewhere = await guide.enter(KARI)
    await search(elsewhere.page, KARI.address)
    await turnTo(elsewhere.page, '/bekreft')
    await send(page, '/bekreft')
    await guide.look('sendt', page)
    const mail = await mailTo(guide.world, KARI.address)
    await choose(page, 'videre')
    await guide.look('sendt-ikke-brukt', page)
    await page.reload()
    await guide.look('sendt-tidligere', page)
    for (const [fate, name] of [['delay', 'sendt-forsinket'], ['away', 'sendt-uklart'], ['deliver', 'sendt-levert']]) {
      await decide(guide.world, mail, fate)
      await page.goto('/sendt')
      await guide.look(name, page)
    }
    await guide.as(null, async (phone) => {
      await phone.goto(linkIn(mail))
      await guide.look('lenke-logg-inn', phone)
    })
    await guide.as(OLA, async (other) => {
      await other.goto(linkIn(mail))
      await guide.look('lenke-en-annens', other)
      await didNotAsk(other)
      await guide.look('lenke-stoppe', other)
    })
    await aheadOfTime(page, linkIn(mail))
    await guide.look('lenke-bekreft', page)
    await send(page, '/b')
    await guide.look('profil', page)
    await guide.as(OLA, async (other) => {
      await other.goto(linkIn(mail))
      await stop(other)
      await guide.look('lenke-for-sent-å-stoppe', other)
    })
    await elsewhere.page.reload()
    await guide.look('feil-min-egen', elsewhere.page)
    await search(elsewhere.page, OLA.address)
    await turnTo(elsewhere.page, '/bekreft')
    await (await elsewhere.context.newPage()).goto('/profil') // this browser hears of the account
    await send(elsewhere.page, '/bekreft')
    await guide.look('feil-har-konto', elsewhere.page)
    await elsewhere.close()

    for (const [name, typed] of [
      ['profil-feil', { fornavn: '', etternavn: 'x'.repeat(101), telefon: 'ring meg' }],
      ['profil-feil-lange', { fornavn: 'x'.repeat(101), etternavn: '', epost: '' }],
      ['profil-feil-rare', { fornavn: 'Ka\u202eri', etternavn: 'Nord\u202emann', epost: 'kari' }],
      ['profil-feil-nummer', { fornavn: '01819010001', etternavn: '018190 10001' }],
      ['profil-feil-umulig-adresse', { epost: 'kåri@example.no' }],
    ]) {
      for (const [field, value] of Object.entries(typed)) await page.locator(`[name=${field}]`).fill(value)
      await send(page, '/profil')
      await guide.look(name, page)
      await page.goto('/profil')
    }
    const second = await context.newPage()
    await second.goto('/profil')
    await second.locator('[name=fornavn]').fill('Kari Anne')
    await send(second, '/profil')
    await guide.look('ferdig', second)
    await second.close()
    await send(page, '/profil')
    await guide.look('profil-endret-et-annet-sted', page)

    await page.goto('/logg-inn?til=profil') // as the login must be fresh
    await identify(page, KARI.pid)
    await page.locator('[name=epost]').fill('kari@ny.example.no')
    await send(page, '/profil')
    await guide.look('ferdig-ny-adresse-bedt-om', page)
    await page.goto('/profil')
    await guide.look('profil-ny-adresse-bedt-om', page)
    const proof = linkIn(await mailTo(guide.world, 'kari@ny.example.no'))
    await aheadOfTime(page, proof)
    await guide.look('lenke-bekreft-adresse', page)
    await send(page, '/b')
    await guide.look('ferdig-ny-adresse', page)
    for (const address of ['kari@nest.example.no', 'kari@sist.example.no']) {
      await page.goto('/profil')
      await page.locator('[name=epost]').fill(address)
      await send(page, '/profil')
    }
    await guide.look('ferdig-ny-adresse-ikke-bedt-om', page)
    await search(page, OLA.address)
    await turnTo(page, '/bekreft')
    await guide.look('bekreft-bytter-adresse', page)

    const cookies = await context.cookies()
    await send(page, '/logg-ut')
    await page.waitForURL('**/logget-ut?*')
    await context.addCookies(cookies)
    await page.goto('/profil')
    await guide.look('feil-logget-ut', page)
  })

/** Where a mail may be, but for what befalls Kari's. */
async function waiting(guide) {
  await guide.as(AGNIESZKA, async (page) => {
    await guide.ask(page, AGNIESZKA)
    await decide(guide.world, await mailTo(guide.world, AGNIESZKA.address), 'bounce')
    await page.goto('/sendt')
    await guide.look('sendt-i-retur', page)
    await choose(page, 'avbryt')
    await search(page, AGNIESZKA.address)
    await turnTo(page, '/bekreft')
    await send(page, '/bekreft')
    await guide.look('feil-adresse-nås-ikke', page)
  })
  await guide.as(NAMELESS, async (page) => {
    await guide.ask(page, NAMELESS)
    await choose(page, 'igjen') // at once: in two minutes it would be sent
    await guide.look('sendt-vent', page)
    for (const [fate, name] of [['return', 'sendt-full-boks'], ['refuse', 'sendt-avvist']]) {
      await decide(guide.world, await mailTo(guide.world, NAMELESS.address), fate)
      await page.goto('/sendt')
      await guide.look(name, page)
    }
  })
  await guide.as(BJORN, async (page) => {
    await search(page, BJORN.address) // SES takes no mail to such an address
    await turnTo(page, '/bekreft')
    await guide.look('feil-umulig-adresse', page)
  })
  await guide.as(HEGE, async (page) => {
    await breakDown(guide.world, 'outbox', 'refuse')
    await guide.ask(page, HEGE)
    await guide.look('sendt-på-vei', page)
    await mend(guide.world)
    for (const [name, { address }] of [['annen', AGNIESZKA], ['samme', HEGE]]) {
      await search(page, address)
      await turnTo(page, '/bekreft')
      await guide.look(`bekreft-${name}-konto-venter`, page)
    }
    await search(page, 'hege.ny@example.no')
    await turnTo(page, '/ny')
    await guide.look('ny-annen-konto-venter', page)
  })
}

/** Two accounts on one address: one is linked, one is left. */
async function family(guide) {
  await guide.as(KARI_HANSEN, async (page) => {
    await page.goto(await guide.linkFor(page, KARI_HANSEN))
    await send(page, '/profil')
    await guide.look('ferdig-en-konto-til', page)
    await otherAddresses(guide, page)
  })
  await guide.as(STRANGER, async (page) => {
    await search(page, KARI_HANSEN.address)
    await guide.look('treff-noen-stengt', page)
  })
  await guide.as(STRANGER, async (page) => {
    const link = await guide.linkFor(page, SARA)
    await guide.as(SARA, async (owner) => {
      await owner.goto(await guide.linkFor(owner, SARA))
    })
    await page.goto(link)
    await guide.look('lenke-konto-tatt', page)
  })
}

/** Another address for the profile: one whose owner says no, and one that there is no mailing. */
async function otherAddresses(guide, page) {
  const ask = async (address) => {
    await page.goto('/profil')
    await page.locator('[name=epost]').fill(address)
    await send(page, '/profil')
    return mailTo(guide.world, address)
  }
  const proof = linkIn(await ask('en.annens@ny.example.no'))
  await guide.as(SHORT, async (other) => {
    await other.goto(proof)
    await stop(other)
    await guide.look('lenke-stoppet-adresse', other)
  })
  await page.goto(proof)
  await guide.look('lenke-adresse-ble-stoppet', page)
  await page.goto('/profil')
  await guide.look('profil-ny-adresse-stoppet', page)
  await decide(guide.world, await ask('ingen@ny.example.no'), 'bounce')
  await page.goto('/profil')
  await guide.look('profil-ny-adresse-nås-ikke', page)
}

/** «Dette var ikke meg»: for whoever has the mailbox, and for whoever asked. */
const stopping = (guide) =>
  guide.as(SHORT, async (page) => {
    const link = await guide.linkFor(page, GURO)
    await guide.as(GURO, async (owner) => {
      await owner.goto(link)
      await stop(owner)
      await guide.look('lenke-stoppet', owner)
    })
    await page.goto('/sendt')
    await guide.look('sendt-stoppet', page)
  })

/** A login of more than five minutes ago is too old to change the address that mail goes to. */
async function notFresh(guide, owner) {
  const { page } = owner
  await page.goto('/profil')
  await page.locator('[name=epost]').fill('sara@ny.example.no')
  await send(page, '/profil')
  await guide.look('innlogging-ikke-fersk', page)
  await press(page, page.locator('a[href="/logg-inn?til=profil"]'))
  await identify(page, SARA.pid)
  await guide.look('profil-står-her', page)
  await owner.close()
}

/** Half an hour later. */
const resending = (guide) =>
  guide.as(HEGE, async (page) => {
    await choose(page, 'igjen')
    await guide.look('sendt-på-nytt', page)
  })

/** What was mailed on the way. Receipts go by the minute. */
const mails = (guide) =>
  guide.as(null, async (page) => {
    const isProof = (mail) => linkIn(mail)
    const isReceipt = (mail) => !linkIn(mail)
    // Kari has a receipt in the same mailbox, and either may go first.
    const isNotice = (mail) => /blir bytt|being changed/.test(mail.subject)
    for (const [name, address, wanted] of [
      ['e-post', AGNIESZKA.address, isProof], ['e-post-uten-navn', NAMELESS.address, isProof],
      ['e-post-på-nytt', HEGE.address, isProof],
      ['e-post-ny-konto', LONG.address, isProof], ['e-post-ny-adresse', 'kari@ny.example.no', isProof],
      ['e-post-til-gammel-adresse', KARI.address, isNotice], ['e-post-kvittering', SARA.address, isReceipt],
      ['e-post-kvittering-ny', NORA.address, isReceipt], ['e-post-kvittering-slått-sammen', SIV.address, isReceipt],
    ]) {
      const mail = await mailTo(guide.world, address, wanted)
      await page.goto('about:blank') // no page's content policy holds for a mail
      await page.setContent(mail.html)
      await guide.look(name, page, mail)
    }
  })
