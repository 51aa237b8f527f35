import type { ServerResponse } from 'node:http';
import type { Role } from '@spil/access';
import type { Player } from '../logins.js';

const roleNames: Readonly<Record<Role, { readonly nl: string; readonly en: string }>> = {
  PROFESSIONAL: { nl: 'Professional', en: 'Professional' },
  COORDINATOR: { nl: 'Coördinator', en: 'Coordinator' },
  PRIVACY_OFFICER: { nl: 'Privacyfunctionaris', en: 'Privacy officer' },
  BOARD: { nl: 'Signaleringsraad', en: 'Signalering board' },
  AUDITOR: { nl: 'Auditor', en: 'Auditor' },
  ADMIN: { nl: 'Beheerder', en: 'Administrator' },
};

/** The page on which one chooses who to be; `action` receives the choice as `person`. */
export function loginPage(action: string, players: readonly Player[]): string {
  const choices = players
    .map(
      ({ who, principal: { role, subject } }) => `<li><button name="person" value="${escape(subject)}">
<strong>${roleNames[role].nl} / ${roleNames[role].en}</strong>
<span lang="nl">${escape(who.nl)}</span>
<span lang="en">${escape(who.en)}</span>
</button></li>`,
    )
    .join('\n');
  return page(`
<p class="note"><span lang="nl">Alleen om Spil uit te proberen: iedereen hier is verzonnen en heeft geen wachtwoord.</span>
<span lang="en">Only for trying Spil out: everyone here is fictitious and has no password.</span></p>
<form method="post" action="${escape(action)}"><ul>
${choices}
</ul></form>`);
}

/** The page that shows a token to whoever logged in without a program that takes it. */
export const tokenPage = (token: string): string =>
  page(`
<p><span lang="nl">Uw token, twaalf uur geldig. Stuur het mee als <code>Authorization: Bearer …</code>.</span>
<span lang="en">Your token, valid for twelve hours. Send it along as <code>Authorization: Bearer …</code>.</span></p>
<textarea readonly rows="12" aria-label="token">${escape(token)}</textarea>
<p><a href="/"><span lang="nl">Iemand anders</span> / <span lang="en">Somebody else</span></a></p>`);

/** A page that says in two languages what went wrong. */
export const problemPage = (nl: string, en: string): string =>
  page(`
<p><span lang="nl">${escape(nl)}</span> <span lang="en">${escape(en)}</span></p>
<p><a href="/"><span lang="nl">Opnieuw beginnen</span> / <span lang="en">Start again</span></a></p>`);

const page = (body: string): string => `<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Spil: wie bent u? / who are you?</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; background: #fff; }
.note { border-left: .4rem solid #b45309; padding: .5rem 1rem; background: #fff7ed; }
ul { list-style: none; padding: 0; }
button { display: block; width: 100%; margin: .5rem 0; padding: .75rem 1rem; font: inherit; color: inherit; text-align: left; border: 1px solid #6b7280; border-radius: .5rem; background: #fff; cursor: pointer; }
button:hover, button:focus { outline: .2rem solid #1d4ed8; }
span, strong { display: block; }
[lang=en] { color: #4b5563; }
textarea { width: 100%; font-family: monospace; }
a span, p code { display: inline; }
</style>
</head>
<body>
<h1>Spil: wie bent u? / who are you?</h1>
${body}
</body>
</html>
`;

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Answers with a page that no other site may frame or feed. */
export function sendPage(response: ServerResponse, status: number, html: string): void {
  response
    .writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'self' http://127.0.0.1:* http://localhost:*",
    })
    .end(html);
}
