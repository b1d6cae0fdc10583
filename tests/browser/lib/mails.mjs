// What a mail's HTML part looks like where it is read: narrow and wide, light and dark. Looks at
// pixels, as no style sheet tells whether words can be seen; never compares with an older picture.
const WIDTHS = [320, 600]
const SCHEMES = ['light', 'dark']

/** Whatever is wrong with the mail that `page` shows; none is good. */
export async function mailFaults(page) {
  const faults = []
  for (const width of WIDTHS)
    for (const colorScheme of SCHEMES) {
      await page.setViewportSize({ width, height: 1600 })
      await page.emulateMedia({ colorScheme })
      const picture = `data:image/png;base64,${(await page.screenshot({ scale: 'css' })).toString('base64')}`
      for (const fault of await page.evaluate(seen, picture)) faults.push(`at ${width} px, ${colorScheme}: ${fault}`)
    }
  await page.emulateMedia({ colorScheme: 'light' })
  return faults
}

/** In the page: every piece of text against the pixels in its place. */
async function seen(picture) {
  const faults = []
  const image = await createImageBitmap(await (await fetch(picture)).blob())
  const canvas = new OffscreenCanvas(image.width, image.height)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  context.drawImage(image, 0, 0)
  const luminance = (r, g, b) => {
    const [x, y, z] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4))
    return 0.2126 * x + 0.7152 * y + 0.0722 * z
  }
  /** Contrast of the ground, which is the most common colour there, and what differs most from it. */
  const contrastIn = ({ left, top, width, height }) => {
    const edge = Math.min(6, height / 5) // round corners show what is behind
    const { data } = context.getImageData(left + edge, top + edge, Math.max(1, width - 2 * edge), Math.max(1, height - 2 * edge))
    const counted = new Map()
    for (let at = 0; at < data.length; at += 4) {
      const colour = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2]
      counted.set(colour, (counted.get(colour) ?? 0) + 1)
    }
    const light = (colour) => luminance(colour >> 16, (colour >> 8) & 255, colour & 255)
    const [[ground]] = [...counted].sort(([, one], [, other]) => other - one)
    return Math.max(...[...counted.keys()].map((colour) => {
      const [darker, lighter] = [light(colour), light(ground)].sort((one, other) => one - other)
      return (lighter + 0.05) / (darker + 0.05)
    }))
  }

  if (document.documentElement.scrollWidth > innerWidth) faults.push(`${document.documentElement.scrollWidth} px wide`)
  if (document.documentElement.scrollHeight > innerHeight) faults.push('longer than a mail should be')
  const preheader = document.body.firstElementChild
  if (preheader.checkVisibility()) faults.push('the preheader is shown')
  if (document.querySelector('img, picture, video, iframe, object, script, link')) faults.push('something is loaded')
  let bottom = 0
  for (const element of document.querySelectorAll('h1, p, a, strong')) {
    const box = element.getBoundingClientRect()
    const name = `«${element.textContent.trim().slice(0, 40)}»`
    if (box.left < 0 || box.right > innerWidth) faults.push(`${name} reaches out of the window`)
    if (element.matches('h1, p')) {
      if (box.top < bottom) faults.push(`${name} covers what is above it`)
      bottom = box.bottom
    }
    if (parseFloat(getComputedStyle(element).fontSize) < 16) faults.push(`${name} is small`)
    const contrast = contrastIn(box)
    if (contrast < 4.5) faults.push(`${name} has a contrast of ${contrast.toFixed(1)}`)
  }
  const button = document.querySelector('.button')
  if (button && button.getBoundingClientRect().height < 48) faults.push('the button is low')
  return faults
}
