// A neighbouring host, as browsers see it: another port of this one, with which it shares its cookies.
import { once } from 'node:events'
import { createServer } from 'node:http'

const bytes = (text) => Buffer.from(text).toString('latin1')

/** Sets this cookie in the browser of `page`; returns what the browser sends along to `/b` from now on. */
export async function plantFromNextDoor(page, cookie) {
  const server = createServer((request, answer) => {
    answer.setHeader('content-type', 'text/plain; charset=utf-8')
    if (request.url === '/plant') answer.setHeader('set-cookie', bytes(cookie))
    answer.end(Buffer.from(request.headers.cookie ?? '', 'latin1'))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const here = `http://localhost:${server.address().port}`
  await page.goto(`${here}/plant`)
  const sent = await (await page.goto(`${here}/b`)).text()
  server.closeAllConnections()
  server.close()
  return sent
}
