// The waiting page asks now and then how its mail is doing, so that nobody has to reload it. The page
// is whole without this script: reloading it, or its button, does the same.
//
// Asks only while somebody can see the page, ever more seldom, for twenty minutes at most. What it
// asks does not count as something that a person did: the session ends when it would have ended.

const part = document.getElementById('status')
const end = Date.now() + 20 * 60_000
const longest = 60_000
let pause = 5_000

/** Asks once. Returns whether to go on asking. */
async function ask() {
  const address = `/sendt/status?vist=${part.dataset.state}`
  const answer = await fetch(address, { redirect: 'manual' }) // whoever is logged out is led away
  if (answer.status === 204) return true
  if (answer.status !== 200) return answer.status >= 500
  const news = await answer.json()
  if (news === null) {
    location.reload() // it has become another page: the link was used, or cannot be
    return false
  }
  part.dataset.state = news.state
  part.innerHTML = news.html // read aloud: the part is a live region
  return true
}

async function awake() {
  if (document.hidden) {
    document.addEventListener('visibilitychange', awake, { once: true })
    return
  }
  const goOn = await ask().catch(() => true) // no network just now
  if (goOn) wait()
}

function wait() {
  if (Date.now() > end) return
  setTimeout(awake, pause)
  pause = Math.min(pause * 1.5, longest)
}

wait()
