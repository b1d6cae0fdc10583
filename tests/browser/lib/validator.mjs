// The Nu Html Checker, which the W3C runs too (npm's vnu-jar; needs Java), on HTML as it was sent.
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const JAR = fileURLToPath(new URL('../node_modules/vnu-jar/build/dist/vnu.jar', import.meta.url))

/** Errors and warnings in `pages`, a map from name to HTML: each a line. All in one run, as Java starts slowly. */
export async function invalid(pages) {
  const folder = await mkdtemp(join(tmpdir(), 'kontobro-html-'))
  try {
    const files = [...pages.keys()].map((name, at) => [`${at}.html`, name])
    await Promise.all(files.map(([file, name]) => writeFile(join(folder, file), pages.get(name))))
    const said = await run(['-Xss4m', '-jar', JAR, '--format', 'json', '--exit-zero-always', '--stdout', folder])
    const names = new Map(files)
    const { messages } = JSON.parse(said)
    return messages.map(({ url, lastLine, message, extract }) => `${names.get(url.split('/').pop())}:${lastLine} ${message}\n    ${extract}`)
  } finally {
    await rm(folder, { recursive: true })
  }
}

const run = (words) =>
  new Promise((resolve, reject) => {
    execFile('java', words, { maxBuffer: 64 << 20 }, (error, said) => (error ? reject(error) : resolve(said)))
  })
