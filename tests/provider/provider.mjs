// An OpenID provider that we did not write: `oidc-provider`, certified by the OpenID Foundation,
// with ID-porten's rules and claims. It listens on any free port of the loopback interface.
//
// Told on standard input, one JSON object a line, each answered by one line on standard output:
//   {"register": {…}}   registers a client (metadata of OpenID Connect Registration 1.0)
//   {"rotate": true}    signs with a new key from now on; the old one is no longer published
//   {"reports": true}   answers what became of each logout reported to a client, and forgets it
// The first line on standard output says where it is: {"issuer": "http://localhost:PORT"}.
// It ends with its standard input.
import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { createInterface } from 'node:readline';

// What it advises for production, and about newer versions of Node.
console.info = console.warn = () => {};
const { Provider, errors } = await import('oidc-provider');

const LEVELS = ['idporten-loa-low', 'idporten-loa-substantial', 'idporten-loa-high'];
/** Seconds that a client's assertion may live. */
const ASSERTION = 120;

const server = createServer((request, response) => {
  const interaction = request.url.startsWith('/interaction/');
  (interaction ? logIn(request, response) : provider.callback()(request, response)).catch((error) => {
    console.error(error);
    response.writeHead(500).end();
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const issuer = `http://localhost:${server.address().port}`;

const clients = [];
const cookieKeys = [randomUUID()];
/** What became of the logouts reported to clients: `accepted`, or why not. */
let reports = [];
/** The claims of everyone who has logged in, by account: the identity number, if there is one. */
const people = new Map();
let signingKey = newKey();
let provider = newProvider();

/** The same provider with today's clients and key: its sessions and codes live outside it. */
function newProvider() {
  const provider = new Provider(issuer, {
    clients,
    jwks: { keys: [signingKey] },
    cookies: { keys: cookieKeys },
    scopes: ['openid', 'profile'],
    acrValues: LEVELS,
    claims: { openid: ['sub', 'pid'], profile: ['locale'], amr: null },
    conformIdTokenClaims: false, // claims stand in the ID token, not only at userinfo
    subjectTypes: ['pairwise'],
    pairwiseIdentifier: (_, account, { clientId }) =>
      createHash('sha256').update(`${account} at ${clientId}`).digest('base64url'),
    responseTypes: ['code'],
    clientAuthMethods: ['private_key_jwt'],
    enabledJWA: { clientAuthSigningAlgValues: ['RS256'], idTokenSigningAlgValues: ['RS256'] },
    pkce: { required: () => true },
    ttl: { IdToken: 120, Session: 7200, Grant: 7200, Interaction: 600 },
    assertJwtClientAuthClaimsAndHeader,
    findAccount: (_, account) => ({ accountId: account, claims: () => people.get(account) }),
    loadExistingGrant,
    features: {
      backchannelLogout: { enabled: true },
      devInteractions: { enabled: false },
      pushedAuthorizationRequests: { requirePushedAuthorizationRequests: true },
      rpInitiatedLogout: { enabled: true, logoutSource },
    },
    // Without the agent that keeps it from calling this very machine.
    fetch: (url, { dispatcher, ...options }) => fetch(url, options),
  });
  provider.on('backchannel.success', () => reports.push('accepted'));
  provider.on('backchannel.error', (_, error) => reports.push(error.message));
  provider.on('server_error', (_, error) => console.error(error));
  return provider;
}

function newKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: randomUUID() };
}

/** ID-porten's rules beyond those that the provider keeps by itself. */
function assertJwtClientAuthClaimsAndHeader(_, { aud, iat, exp }) {
  if (aud !== issuer) throw new errors.InvalidClientAuth('aud must be the issuer');
  if (!(exp - iat <= ASSERTION)) throw new errors.InvalidClientAuth('the assertion lives too long');
}

/** Nobody is asked for consent, as with ID-porten. */
async function loadExistingGrant({ oidc: { session, client, provider } }) {
  const known = session.grantIdFor(client.clientId);
  if (known) return provider.Grant.find(known);
  const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
  grant.addOIDCScope('openid profile');
  await grant.save();
  return grant;
}

function logoutSource(ctx, form) {
  ctx.body = page(`${form}<button form="op.logoutForm" name="logout" value="yes">Logg ut</button>`);
}

/** The login page, and what its form brings. */
async function logIn(request, response) {
  const { params } = await provider.interactionDetails(request, response);
  if (request.method === 'GET') {
    const levels = LEVELS.map((level) => `<option>${level}</option>`).join('');
    const fields = `<input name="pid"><select name="level">${levels}</select>`;
    const buttons = ['login', 'cancel'].map((does) => `<button name="action" value="${does}">${does}</button>`);
    const form = `<form method="post" action="${request.url}">${fields}${buttons.join('')}</form>`;
    response.setHeader('content-type', 'text/html; charset=utf-8').end(page(form));
    return;
  }
  const { pid, level, action } = Object.fromEntries(new URLSearchParams(await text(request)));
  if (action === 'cancel') {
    await provider.interactionFinished(request, response, { error: 'access_denied' });
    return;
  }
  const accountId = pid || randomUUID();
  const locale = params.ui_locales?.split(' ')[0];
  people.set(accountId, { sub: accountId, ...(pid && { pid }), locale });
  await provider.interactionFinished(request, response, { login: { accountId, acr: level, amr: ['BankID'] } });
}

function page(body) {
  return `<!doctype html><html lang="nb"><meta charset="utf-8"><title>Leverandør</title>${body}</html>`;
}

const commands = {
  register(client) {
    clients.push(client);
    provider = newProvider();
  },
  rotate() {
    signingKey = newKey();
    provider = newProvider();
  },
  reports() {
    const told = reports;
    reports = [];
    return told;
  },
};

const say = (value) => console.log(JSON.stringify(value));
say({ issuer });
for await (const line of createInterface({ input: process.stdin })) {
  const [[command, value]] = Object.entries(JSON.parse(line));
  say({ [command]: commands[command](value) ?? true });
}
process.exit();
