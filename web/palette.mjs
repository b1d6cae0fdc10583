// The sixteen steps that Designsystemet makes of one colour, by its own recipe: each step has a
// fixed relative luminance per scheme, so contrast holds whatever the hue. The build compares the
// recipe with the palettes that the package ships, so that an upgrade cannot part them unseen.
import chroma from 'chroma-js'

const STEPS = {
  light: {
    'background-default': 1, 'background-tinted': 0.9,
    'surface-default': 1, 'surface-tinted': 0.81, 'surface-hover': 0.7, 'surface-active': 0.59,
    'border-subtle': 0.5, 'border-default': 0.19, 'border-strong': 0.11,
    'text-subtle': 0.11, 'text-default': 0.0245,
  },
  dark: {
    'background-default': 0.009, 'background-tinted': 0.014,
    'surface-default': 0.021, 'surface-tinted': 0.027, 'surface-hover': 0.036, 'surface-active': 0.056,
    'border-subtle': 0.08, 'border-default': 0.22, 'border-strong': 0.39,
    'text-subtle': 0.39, 'text-default': 0.84,
  },
}

/** The palette of `color` in `scheme` (light or dark): step name to hex colour. */
export function palette(color, scheme) {
  const [l, c, h] = chroma(color).oklch()
  const muted = scheme === 'dark' ? chroma.oklch(l, c * 0.7, h).hex() : color
  const scale = Object.entries(STEPS[scheme]).map(([step, y]) => [step, chroma(muted).luminance(y).hex()])
  return { ...Object.fromEntries(scale), ...base(color, scheme) }
}

/** The palette of what can be pressed. In the dark the recipe gives links and secondary buttons the
 * brightness of quiet words, and half their colour: they look switched off. Ours stand out there. */
export function pressable(color, scheme) {
  const recipe = palette(color, scheme)
  if (scheme === 'light') return recipe
  const lively = chroma(color).luminance(0.55).hex()
  return { ...recipe, 'text-subtle': lively, 'border-strong': lively }
}

/** Solid surfaces (buttons) and what is written on them. */
function base(color, scheme) {
  const own = lightness(color)
  const start = scheme === 'light' ? own : own <= 30 ? 70 : 100 - own
  const change = start <= 30 || (start >= 49 && start <= 65) ? 8 : -8
  const solid = scheme === 'light' ? chroma(color).hex() : atLightness(color, start)
  const onWhite = chroma.contrast(solid, 'white') >= chroma.contrast(solid, 'black')
  const distance = lightness(solid) <= 40 || lightness(solid) >= 60 ? 60 : 50
  return {
    'base-default': solid,
    'base-hover': atLightness(color, start + change),
    'base-active': atLightness(color, start + 2 * change),
    'base-contrast-subtle': atLightness(solid, lightness(solid) + (onWhite ? distance : -distance)),
    'base-contrast-default': onWhite ? '#ffffff' : '#000000',
  }
}

/** CIE lightness, 0 to 100, from relative luminance and back. */
const lightness = (color) => {
  const y = chroma(color).luminance()
  return y <= 216 / 24389 ? (y * 24389) / 27 : 116 * Math.cbrt(y) - 16
}
const atLightness = (color, l) =>
  chroma(color).luminance(l <= 8 ? (l * 27) / 24389 : ((l + 16) / 116) ** 3).hex()

/** Whether two palettes are one, but for the rounding of a channel. */
export const alike = (one, other) =>
  Object.keys(one).every((step) =>
    chroma(one[step]).rgb().every((channel, i) => Math.abs(channel - chroma(other[step]).rgb()[i]) <= 2))

/** What a palette fails of WCAG 1.4.3 (text, 4.5) and 1.4.11 (borders and bars, 3), as sentences. */
export function shortcomings(p) {
  const grounds = ['background-default', 'background-tinted', 'surface-default', 'surface-tinted']
  const pairs = [
    ...grounds.flatMap((ground) => [
      ['text-subtle', ground, 4.5], ['text-default', ground, 4.5], ['border-default', ground, 3], ['base-default', ground, 3],
    ]),
    ...['base-default', 'base-hover', 'base-active'].map((base) => ['base-contrast-default', base, 4.5]),
  ]
  return pairs
    .map(([front, back, least]) => ({ front, back, least, is: chroma.contrast(p[front], p[back]) }))
    .filter(({ is, least }) => is < least)
    .map(({ front, back, is, least }) => `${front} on ${back} is ${is.toFixed(2)}, not ${least}`)
}

/** Colours of the mails, which read no style sheet: steps of the same palettes, by scheme and use. */
export const mailColours = (colours) =>
  ['light', 'dark'].flatMap((scheme) => {
    const [accent, neutral] = [pressable(colours.accent, scheme), palette(colours.neutral, scheme)]
    return Object.entries({
      ground: neutral['background-tinted'], paper: neutral['surface-default'], ink: neutral['text-default'],
      line: neutral['border-subtle'], box: accent['background-tinted'], link: accent['text-subtle'],
      button: accent['base-default'], button_ink: accent['base-contrast-default'],
    }).map(([use, colour]) => [`${scheme}_${use}`.toUpperCase(), colour])
  })
