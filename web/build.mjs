// Builds web/dist: one style sheet (Designsystemet's components in use, its theme in our colours,
// our own kontobro.css), the logos, and Designsystemet's licence.
// Colours and logos come from theme.json here, or from the file that KONTOBRO_THEME names; paths in
// it start from its folder. A logo's `currentColor` becomes the accent colour. The official
// ID-porten logo is for the service's owner to fetch; without it the login button has words alone.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { transform } from 'lightningcss'
import { alike, palette, shortcomings } from './palette.mjs'

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

  const ours = palette(colour, scheme)
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

const layered = (layer, css) => `@layer ${layer}{${css}}`
const css = shake(
  [
    '@layer ds.theme,ds.base,ds.components;',
    layered('ds.base', designsystemet('dist/src/base.css')),
    ...COMPONENTS.map((name) => layered('ds.components', designsystemet(`dist/src/${name}.css`))),
    theme(),
    read('kontobro.css'),
  ].join('\n'),
)
const logo = (path) =>
  path ? readFileSync(new URL(path, themeFile), 'utf8').replace('<svg ', `<svg color="${colours.accent}" `) : ''

const write = (name, content) => writeFileSync(new URL(`dist/${name}`, import.meta.url), content)
mkdirSync(new URL('dist/', import.meta.url), { recursive: true })
write('kontobro.css', `/*! Contains Designsystemet, MIT: /assets/designsystemet-license.txt */\n${css}`)
write('kontobro.css.br', brotliCompressSync(readFileSync(new URL('dist/kontobro.css', import.meta.url))))
write('logo.svg', logo(logos.logo))
write('idporten.svg', logo(logos.idportenLogo))
write('LICENSE-designsystemet.txt', designsystemet('LICENSE'))
console.log(`web/dist/kontobro.css: ${(css.length / 1000).toFixed(0)} kB`)
