// Debian's Chromium, headless, and pages that notice what should never happen.
import { chromium } from 'playwright-core'

const ARGUMENTS = [
  '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--no-first-run',
]

export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ARGUMENTS })

const documents = new WeakMap() // page → the answer that its document came with

/** A browser of one person's own: no cookies yet. Whatever the content policy blocked is in `complaints`. */
export async function person(browser, world, options = {}) {
  const context = await browser.newContext({
    baseURL: world.kontobro,
    locale: 'nb',
    viewport: { width: 1280, height: 900 },
    ...options,
  })
  const complaints = []
  context.on('page', (page) => {
    page.setDefaultTimeout(20_000)
    page.on('console', (message) => {
      // A page that says what went wrong comes with its status, and Chromium remarks on that.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('response', (answer) => {
      const leadsOn = answer.status() >= 300 && answer.status() < 400 // and has no text of its own
      const isDocument = answer.request().isNavigationRequest() && !leadsOn
      if (isDocument && answer.frame() === page.mainFrame()) documents.set(page, answer)
    })
  })
  const page = await context.newPage()
  return { context, page, complaints, close: () => context.close() }
}

/** The HTML of the page as it was sent, before any browser mended it; once all of it is there. */
export async function sourceOf(page) {
  await page.waitForLoadState('load')
  return documents.get(page).text()
}
