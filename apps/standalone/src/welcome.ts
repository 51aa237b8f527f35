import type { Login } from './logins.js';

/** Three queries to try, each with the role whose token answers it. A test sends them. */
export const queriesToTry: readonly { role: Login['role']; title: string; query: string }[] = [
  {
    role: 'COORDINATOR',
    title: 'The worklist: what waits longest comes first',
    query: `{
  cases(first: 5, filter: { status: OPEN }) {
    edges {
      node {
        id
        registrationCode
        primaryArea
        waitingFor
        waitingSince
        needsCoordinator
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
  },
  {
    role: 'BOARD',
    title:
      'The pilot: which registrations are relevant for the signaleringsoverleg, by legal area (R table 2.2)',
    query: `{
  figures(period: { from: "2020-09-01", to: "2021-03-31" }, line: FIRST) {
    relevance(by: AREA) { key yes no }
    contactOutcome { withContact withoutContact }
    latAnswers { yes no notAnswered }
  }
}`,
  },
  {
    role: 'ADMIN',
    title: 'Where help is given, and by whom',
    query: `{
  locations { id name municipalities }
  organisations { id name organisationKind }
}`,
  },
];

/** What `npm start` prints once everything runs. */
export function welcome(graphqlUrl: string, loginUrl: string, logins: readonly Login[]): string {
  const tokens = logins.map(({ role, who, token }) => `${role} (${who})\n  ${token}\n`).join('\n');
  const queries = queriesToTry
    .map(({ role, title, query }) => `# ${title} (token: ${role})\n${query}\n`)
    .join('\n');
  return `
Spil is running.

GraphQL      ${graphqlUrl}   (header: Authorization: Bearer <token>)
Login page   ${loginUrl}/   (everyone there is fictitious and has no password)

Tokens for trying out, valid for 12 hours

${tokens}
Three queries to try

${queries}
Stop with Ctrl-C.
`;
}
