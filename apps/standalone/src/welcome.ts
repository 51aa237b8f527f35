import type { Login } from './logins.js';

/** Three queries to try, each with the role whose token answers it. */
export const queriesToTry: readonly { role: Login['role']; title: string; query: string }[] = [];

/** What `npm start` prints once everything runs. */
export function welcome(graphqlUrl: string, logins: readonly Login[]): string {
  const tokens = logins.map(({ role, who, token }) => `${role} (${who})\n  ${token}\n`).join('\n');
  const queries = queriesToTry
    .map(({ role, title, query }) => `# ${title} (token: ${role})\n${query}\n`)
    .join('\n');
  return `
Spil is running.

GraphQL      ${graphqlUrl}   (header: Authorization: Bearer <token>)

Tokens for trying out, valid for 12 hours

${tokens}
Three queries to try

${queries}
Stop with Ctrl-C.
`;
}
