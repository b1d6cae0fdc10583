// What must hold for every screen, asked of the page as a real browser shows it. Each function
// returns faults in words; none is good. A number such as 1.4.4 is WCAG's, one such as A5 is of the
// checklist in docs/accessibility.md.
import axe from 'axe-core'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
export const DESK = { width: 1280, height: 900 }
/** WCAG's narrowest: 1280 px at 400 %. */
const NARROW = { width: 320, height: 256 }
const SIDEWAYS = { width: 568, height: 320 }

/** A1, A7: everything axe knows of; in the dark other colours, and nothing else. */
export async function axeFaults(page, { isMail }) {
  await page.evaluate(axe.source)
  const found = await runAxe(page, { runOnly: RULES, rules: isMail ? { 'landmark-one-main': { enabled: false }, region: { enabled: false } } : {} })
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await runAxe(page, { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } })
  await page.emulateMedia({ colorScheme: 'light' })
  return [...found, ...dark.map((fault) => `in the dark, ${fault}`)]
}

const runAxe = (page, options) =>
  page.evaluate(async (options) => {
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'], preload: false, ...options })
    return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${help}\n    ${html}\n    ${failureSummary}`))
  }, options)

/** A8, A12, A13, A14, A15: title, language, names; no refresh, and nothing that hinders zooming. */
export const wordFaults = (page, language) =>
  page.evaluate((language) => {
    const faults = []
    const all = (css) => [...document.querySelectorAll(css)]
    const words = (element) => element.textContent.replace(/\s+/g, ' ').trim()
    const headings = all('h1').map(words)
    if (headings.length !== 1) faults.push(`${headings.length} h1`)
    if (document.documentElement.lang !== language) faults.push(`lang is ${document.documentElement.lang}`)
    const isWrong = document.querySelector('.ds-error-summary') !== null
    const prefix = { nb: 'Feil: ', nn: 'Feil: ', en: 'Error: ' }[language]
    const expected = `${isWrong ? prefix : ''}${headings[0]} – NAKOS`
    if (document.title !== expected) faults.push(`the title is «${document.title}», not «${expected}»`)
    for (const link of all('.kb-languages :is(a, button)')) {
      if (link.lang !== (link.hreflang ?? link.value) || !link.lang) faults.push(`no language on «${words(link)}»`)
    }
    if (document.querySelector('meta[http-equiv=refresh]')) faults.push('goes on by itself')
    if (/user-scalable|maximum-scale/.test(document.querySelector('meta[name=viewport]').content)) faults.push('hinders zooming')
    const seen = new Map()
    for (const control of all('main button, a[href]')) {
      const does = control.href ?? control.value ?? control
      const before = seen.get(words(control))
      if (before !== undefined && before !== does) faults.push(`two different «${words(control)}»`)
      seen.set(words(control), control.href ? does : control)
    }
    for (const dots of all('main *').filter((e) => e.childElementCount === 0 && e.textContent.includes('•••'))) {
      if (dots.ariaHidden !== 'true' || !dots.nextElementSibling?.matches('.ds-sr-only')) faults.push(`dots are read out: ${words(dots)}`)
    }
    return faults
  }, language)

/** A14: header and footer as on every other page, in words and order. */
export const frameOf = (page) =>
  page.evaluate(() => {
    const links = (css) => [...document.querySelectorAll(css)].map((link) => `${link.textContent.trim()} ${new URL(link.href).pathname}`)
    const footer = document.querySelector('footer').innerText.replace(/\s+/g, ' ')
    return JSON.stringify([links('.kb-brand'), [...document.querySelectorAll('.kb-languages :is(a, button)')].map((link) => link.textContent), links('footer a'), footer])
  })

/** A4, A5, A6, A15: at 320 px and sideways, with text of 200 % and with WCAG's spacing, nothing is cut off. */
export async function reflowFaults(page) {
  const faults = []
  const at = async (size, what, prepare) => {
    await page.setViewportSize(size)
    for (const fault of await page.evaluate(cutOff, prepare)) faults.push(`${what}, ${fault}`)
  }
  await at(SIDEWAYS, 'sideways')
  await at(NARROW, 'at 320 px')
  await at(NARROW, 'at 320 px with wide spacing', 'spacing')
  await at(NARROW, 'at 320 px with text of 200 %', 'double')
  await at(DESK, 'at 1280 px with text of 200 %', 'double')
  return faults
}

/** In the page: what is cut off, or reaches out of the window. */
function cutOff(prepare) {
  const sheet = new CSSStyleSheet()
  if (prepare === 'spacing')
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }')
  if (prepare === 'double') sheet.replaceSync('html { font-size: 200% !important }')
  document.adoptedStyleSheets = [sheet]
  const faults = []
  const width = document.documentElement.scrollWidth
  if (width > innerWidth) faults.push(`the page is ${width} px wide`)
  for (const element of document.querySelectorAll('body *')) {
    if (element.matches('.ds-sr-only, .ds-sr-only *, .ds-skip-link, input') || !element.checkVisibility()) continue
    const says = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
    if (!says) continue
    const { left, right } = element.getBoundingClientRect()
    const name = `«${element.textContent.trim().slice(0, 40)}»`
    if (left < -1 || right > innerWidth + 1) faults.push(`${name} reaches out of the window`)
    const hides = getComputedStyle(element).overflow !== 'visible'
    if (hides && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)) faults.push(`${name} is cut off`)
  }
  document.adoptedStyleSheets = []
  return faults
}

/** A15, 2.5.8: main buttons 48 px high, everything else 24, but for links in a sentence. */
export const targetFaults = (page) =>
  page.evaluate(() => {
    const controls = [...document.querySelectorAll('a[href], button, input:not([type=hidden])')].filter((e) => e.checkVisibility() && !e.matches('.ds-skip-link'))
    return controls.flatMap((control) => {
      const { width, height } = control.getBoundingClientRect()
      const inSentence = control.closest('p') && control.closest('p').textContent.trim() !== control.textContent.trim()
      const least = control.matches('main .ds-button, main input:not([type=checkbox])') ? 48 : 24
      const name = control.textContent.trim() || control.name
      return inSentence || (height >= least - 0.01 && width >= 24) ? [] : [`«${name}» is ${width} × ${height} px, not ${least}`]
    })
  })

/** A14, 3.2.4: a button looks the same, be it a form's or a link. */
export const buttonFaults = (page) =>
  page.evaluate(() => {
    const look = ({ fontFamily, fontSize, fontWeight, lineHeight }) => [fontFamily, fontSize, fontWeight, lineHeight].join(' ')
    const looks = new Set([...document.querySelectorAll('main .ds-button')].map((button) => look(getComputedStyle(button))))
    return looks.size > 1 ? [`buttons of ${looks.size} looks: ${[...looks].join(', ')}`] : []
  })

/** A16: where the reader has colours of their own, icons, bars and buttons are still there. */
export async function forcedColourFaults(page) {
  await page.emulateMedia({ forcedColors: 'active' })
  const faults = await page.evaluate(() => {
    const faults = []
    const canvas = getComputedStyle(document.body).backgroundColor
    for (const [css, pseudo] of [['.ds-alert', '::before'], ['.ds-validation-message', '::before'], ['.kb-done', '::before'], ['.kb-step-bar .kb-reached', null]])
      for (const element of document.querySelectorAll(css)) {
        const { backgroundColor, content } = getComputedStyle(element, pseudo)
        if (backgroundColor === canvas || backgroundColor === 'rgba(0, 0, 0, 0)') faults.push(`${css} has no icon (${content})`)
      }
    for (const element of document.querySelectorAll('main .ds-button, .kb-account, .ds-alert, input:not([type=hidden]), .kb-step-bar span, .kb-steps li')) {
      const { borderTopWidth, borderTopStyle, borderTopColor } = getComputedStyle(element, element.matches('.kb-steps li') ? '::before' : null)
      if (parseFloat(borderTopWidth) === 0 || borderTopStyle === 'none' || borderTopColor === canvas) faults.push(`${element.className || element.name} has no edge`)
    }
    return faults
  })
  await page.emulateMedia({ forcedColors: 'none' })
  return faults.map((fault) => `with forced colours, ${fault}`)
}

/** A16: on paper dark words stand on white, and what only a screen needs is gone. */
export async function printFaults(page) {
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize({ width: 718, height: 1000 }) // A4 less its margins, at 96 dpi
  const faults = await page.evaluate(() => {
    const faults = []
    const shown = (css) => [...document.querySelectorAll(css)].some((element) => element.checkVisibility())
    if (!shown('h1')) faults.push('the heading is missing')
    for (const screenOnly of ['.kb-languages', '.kb-step-bar', '.kb-session form', '.ds-skip-link']) if (shown(screenOnly)) faults.push(`${screenOnly} is there`)
    if (document.documentElement.scrollWidth > innerWidth) faults.push('it is wider than the paper')
    const luminance = (colour) => {
      const [r, g, b] = colour.match(/[\d.]+/g).map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4))
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    for (const element of document.querySelectorAll('main h1, main p, main dd, main a:not(.ds-button)'))
      if (1.05 / (luminance(getComputedStyle(element).color) + 0.05) < 4.5) faults.push(`«${element.textContent.slice(0, 40)}» is pale`)
    return faults
  })
  await page.emulateMedia({ media: 'screen' })
  await page.setViewportSize(DESK)
  return faults.map((fault) => `on paper, ${fault}`)
}

/** A3: Tab goes through everything there is, in the order it is read, and shows where it is. */
export async function keyboardFaults(page) {
  const expected = await page.evaluate(() => {
    const controls = [...document.querySelectorAll('a[href], button, input:not([type=hidden])')].filter((element) => element.checkVisibility())
    window.controls = controls
    document.body.tabIndex = -1 // so that Tab begins at the top, wherever the address led
    document.body.focus()
    document.body.removeAttribute('tabindex')
    return controls.length
  })
  const faults = []
  for (let stop = 0; stop < expected; stop++) {
    await page.keyboard.press('Tab')
    faults.push(...(await page.evaluate((stop) => {
      const at = document.activeElement
      const name = `«${(at.textContent.trim() || at.name || at.tagName).slice(0, 40)}»`
      if (at !== window.controls[stop]) return [`Tab ${stop + 1} leads to ${name}, out of order`]
      const outlined = [at, at.closest('.ds-field')].some((of) => of && getComputedStyle(of).outlineStyle !== 'none' && parseFloat(getComputedStyle(of).outlineWidth) >= 2)
      const { top, bottom } = at.getBoundingClientRect()
      const faults = []
      if (!outlined) faults.push(`${name} shows no focus`)
      if (top < -1 || bottom > innerHeight + 1) faults.push(`${name} has the focus out of sight`)
      if (stop === 0 && at.getAttribute('href') !== '#innhold') faults.push('the skip link does not come first')
      return faults
    }, stop)))
  }
  return faults
}

/** «Logg ut» stands on every page of a session. */
export async function logoutFaults(page) {
  const loggedIn = (await page.context().cookies()).some(({ name }) => name === '__Host-kontobro')
  const offered = await page.locator('form[action="/logg-ut"] button, a[href="/logg-ut"]').first().isVisible()
  return loggedIn && !offered ? ['no «Logg ut»'] : []
}
