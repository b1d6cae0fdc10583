// Builds web/dist: one style sheet (Designsystemet's components in use, its theme in our colours,
// our own kontobro.css), the font, the logos, the mails' colours, and the licences.
// Colours and logos come from theme.json here, or from the file that KONTOBRO_THEME names: see
// docs/branding.md. Stops, and writes nothing, where a colour is too weak to be read. KONTOBRO_DIST
// names another folder than dist/ to write to.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { transform } from 'lightningcss'
import { alike, mailColours, palette, pressable, shortcomings } from './palette.mjs'

const COMPONENTS = [
  'alert', 'button', 'card', 'error-summary', 'field', 'heading', 'input', 'label', 'link', 'list',
  'paragraph', 'skip-link', 'validation-message', 'data-size-workaround',
]

// Rules of the theme that no page uses: brand colours, and the schemes but light and «auto» in the dark.
const ABSENT = [
  /[^{}]*data-color=brand\d[^{]*{[^}]*}/g,
  /\[data-color-scheme=dark\]{[^}]*}/g,
  /@media \(prefers-color-scheme:light\){[^}]*}}/g,
]

const read = (path) => readFileSync(new URL(path, import.meta.url), 'utf8')
const designsystemet = (path) => read(`node_modules/@digdir/designsystemet-css/${path}`)
const themeFile = process.env.KONTOBRO_THEME ? pathToFileURL(process.env.KONTOBRO_THEME) : new URL('theme.json', import.meta.url)
const { colours, ...logos } = JSON.parse(readFileSync(themeFile, 'utf8'))

/** Designsystemet's theme with our colours in place of its own, and without what no page uses. */
function theme() {
  const layers = designsystemet('dist/theme/designsystemet.css').split(/(?=@layer )/)
  const light = layers.find((layer) => layer.startsWith('@layer ds.theme.color-scheme.light'))
  return layers
    .filter((layer) => !layer.startsWith('@layer ds.theme.typography.secondary'))
    .map((layer) => ABSENT.reduce((css, rule) => css.replaceAll(rule, ''), layer))
    .map((layer) => {
      const scheme = layer.match(/^@layer ds\.theme\.color-scheme\.(light|dark)/)?.[1]
      if (!scheme) return layer
      return Object.entries(colours).reduce((css, [name, colour]) => recolour(css, light, name, colour, scheme), layer)
    })
    .join('')
}

/** `css` with every step of the palette `name` made from `colour`. */
function recolour(css, light, name, colour, scheme) {
  const token = new RegExp(`--ds-color-${name}-([a-z-]+):(#[0-9a-f]+)`, 'gi')
  const shipped = (layer) => Object.fromEntries([...layer.matchAll(token)].map(([, step, hex]) => [step, hex]))
  if (!alike(palette(shipped(light)['base-default'], scheme), shipped(css)))
    throw new Error(`Designsystemet makes its ${name} palette another way now: mend palette.mjs`)

  const ours = name === 'accent' ? pressable(colour, scheme) : palette(colour, scheme)
  const faults = shortcomings(ours)
  if (faults.length) throw new Error(`The colour ${name} ${colour} is too weak in ${scheme}: ${faults.join('; ')}`)
  return css.replaceAll(token, (_, step) => `--ds-color-${name}-${step}:${ours[step]}`)
}

/** `css` without the custom properties that nothing in it reads. Each round may free others. */
function shake(css) {
  const read = new Set([...css.matchAll(/var\(\s*(--[\w-]+)/g)].map(([, name]) => name))
  const visitor = {
    Declaration: { custom: (property) => (property.name.startsWith('--') && !read.has(property.name) ? [] : undefined) },
  }
  const shaken = transform({ filename: 'kontobro.css', code: Buffer.from(css), minify: true, visitor }).code.toString()
  return shaken.length < css.length ? shake(shaken) : shaken
}

/** Inter, from our own host. Most pages need the first file alone; the second has the letters of Sámi. */
const FONTS = { latin: 'U+0-FF,U+131,U+152-153,U+2000-206F,U+20AC,U+2122', 'latin-ext': 'U+100-2FF,U+1E00-1EFF' }
const fontVersion = JSON.parse(read('node_modules/@fontsource-variable/inter/package.json')).version
const fontFaces = Object.entries(FONTS).map(([part, range]) =>
  `@font-face{font-family:Inter;font-style:normal;font-weight:100 900;font-display:swap;unicode-range:${range};` +
  `src:url(/assets/inter-${part}.woff2?${fontVersion}) format("woff2")}`)

const layered = (layer, css) => `@layer ${layer}{${css}}`
const css = shake(
  [
    '@layer ds.theme,ds.base,ds.components;',
    layered('ds.base', designsystemet('dist/src/base.css')),
    ...COMPONENTS.map((name) => layered('ds.components', designsystemet(`dist/src/${name}.css`))),
    theme(),
    ...fontFaces,
    read('kontobro.css'),
  ].join('\n'),
)
const logo = (path) =>
  path ? readFileSync(new URL(path, themeFile), 'utf8').replace('<svg ', `<svg color="${colours.accent}" `) : ''

const dist = process.env.KONTOBRO_DIST ? pathToFileURL(`${process.env.KONTOBRO_DIST}/`) : new URL('dist/', import.meta.url)
const write = (name, content) => writeFileSync(new URL(name, dist), content)
mkdirSync(dist, { recursive: true })
write('kontobro.css', `/*! Contains Designsystemet, MIT, and Inter, OFL: /assets/licenses.txt */\n${css}`)
write('kontobro.css.br', brotliCompressSync(readFileSync(new URL('kontobro.css', dist))))
for (const part of Object.keys(FONTS))
  copyFileSync(new URL(`node_modules/@fontsource-variable/inter/files/inter-${part}-wght-normal.woff2`, import.meta.url), new URL(`inter-${part}.woff2`, dist))
write('logo.svg', logo(logos.logo))
write('idporten.svg', logo(logos.idportenLogo))
write('mail-colours.txt', mailColours(colours).map(([name, colour]) => `${name}=${colour}\n`).join(''))
write('licenses.txt', [
  `Designsystemet\n\n${designsystemet('LICENSE')}`, `Inter\n\n${read('node_modules/@fontsource-variable/inter/LICENSE')}`,
].join('\n\n'))
console.log(`web/dist/kontobro.css: ${(css.length / 1000).toFixed(0)} kB`)
