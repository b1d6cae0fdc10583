// An owner's colours and logos: what they become, and what is refused.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import chroma from 'chroma-js'
import { mailColours, palette, shortcomings } from './palette.mjs'

const LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path fill="currentColor" d="M0 0h1v1z"/></svg>'

/** Builds with this theme in a folder of its own; `found` gets what was built, and what was said. */
function built(theme, found) {
  const folder = mkdtempSync(join(tmpdir(), 'kontobro-theme-'))
  const [themeFile, dist] = [join(folder, 'theme.json'), join(folder, 'dist')]
  try {
    mkdirSync(dist)
    writeFileSync(join(folder, 'mine.svg'), LOGO)
    writeFileSync(themeFile, JSON.stringify(theme))
    const env = { ...process.env, KONTOBRO_THEME: themeFile, KONTOBRO_DIST: dist }
    let said
    try {
      said = execFileSync(process.execPath, [fileURLToPath(new URL('build.mjs', import.meta.url))], { env, encoding: 'utf8', stdio: 'pipe' })
    } catch (error) {
      said = error.stderr
    }
    const files = Object.fromEntries(readdirSync(dist).map((file) => [file, readFileSync(join(dist, file), 'utf8')]))
    found(files, said)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test("an owner's one file gives the pages, the mails and the logos their looks", () =>
  built({ colours: { accent: '#5b2d8e', neutral: '#2b2b2b' }, logo: 'mine.svg', idportenLogo: 'mine.svg' }, (files) => {
    assert.match(files['kontobro.css'], /--ds-color-accent-base-default:#5b2d8e/)
    assert.match(files['mail-colours.txt'], /^LIGHT_BUTTON=#5b2d8e$/m)
    assert.match(files['logo.svg'], /^<svg color="#5b2d8e"/)
    assert.match(files['idporten.svg'], /currentColor/)
  }))

test('in the dark, links and secondary buttons are brighter than quiet words, and not their grey', () =>
  built({ colours: { accent: '#0b5f73', neutral: '#1b2b33' }, logo: 'mine.svg', idportenLogo: null }, (files) => {
    const step = (name) => {
      const values = [...files['kontobro.css'].matchAll(new RegExp(`--ds-color-${name}:(#[0-9a-f]+)`, 'g'))].map(([, hex]) => hex)
      return values.toSorted((one, other) => chroma(one).luminance() - chroma(other).luminance()).at(-1) // the dark scheme's
    }
    const quiet = step('neutral-text-subtle')
    for (const pressed of ['accent-text-subtle', 'accent-border-strong'].map(step)) {
      assert.ok(chroma(pressed).luminance() > chroma(quiet).luminance() + 0.1, `${pressed} is no brighter than ${quiet}`)
      assert.ok(chroma(pressed).oklch()[1] > 1.5 * chroma(quiet).oklch()[1], `${pressed} is as grey as ${quiet}`)
    }
    assert.match(files['mail-colours.txt'], new RegExp(`^DARK_LINK=${step('accent-text-subtle')}$`, 'm'))
  }))

test('a colour that cannot be read is refused by name, and nothing is written', () =>
  built({ colours: { accent: '#ffd500', neutral: '#1b2b33' }, logo: 'mine.svg', idportenLogo: null }, (files, said) => {
    assert.match(said, /The colour accent #ffd500 is too weak in light: base-default on background-default is 1\.42, not 3/)
    assert.deepEqual(files, {})
  }))

test('whatever colours are not refused, the mails can be read in them', () => {
  let accepted = 0
  for (let hue = 0; hue < 360; hue += 15)
    for (const lightness of [0.25, 0.4, 0.55, 0.7, 0.85]) {
      const accent = chroma.oklch(lightness, 0.12, hue).hex()
      for (const neutral of ['#1b2b33', '#3a2a1a', '#777777']) {
        if (['light', 'dark'].some((scheme) => [accent, neutral].some((colour) => shortcomings(palette(colour, scheme)).length))) continue
        accepted++
        const mail = Object.fromEntries(mailColours({ accent, neutral }))
        for (const scheme of ['LIGHT', 'DARK'])
          for (const [front, back] of [['INK', 'PAPER'], ['INK', 'GROUND'], ['INK', 'BOX'], ['LINK', 'PAPER'], ['BUTTON_INK', 'BUTTON']]) {
            const contrast = chroma.contrast(mail[`${scheme}_${front}`], mail[`${scheme}_${back}`])
            assert.ok(contrast >= 4.5, `${accent} and ${neutral}: ${front} on ${back}, ${scheme}: ${contrast}`)
          }
      }
    }
  assert.ok(accepted > 50, `only ${accepted} accepted`)
})
