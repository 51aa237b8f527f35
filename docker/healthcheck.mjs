// Asks the program in this container whether it lives or is ready; the exit code tells Docker. Service, worker and witness have
// ports of their own and never share a container, so the one that listens is the one to ask.
import { get } from 'node:http';

const question = process.argv[2] ?? 'live';
const places = [
  { port: process.env.SPIL_PORT || 4000, path: `/health/${question}` },
  { port: process.env.SPIL_WORKER_PORT || 4001, path: `/health/${question}` },
  // A witness needs nothing but itself: one that lives is ready.
  { port: process.env.SPIL_WITNESS_PORT || 4050, path: '/health' },
];

const answer = (place) =>
  new Promise((resolve) => {
    get({ host: '127.0.0.1', ...place, timeout: 4_000 }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('timeout', function () {
        this.destroy(new Error('no answer in time'));
      })
      .on('error', (error) => resolve(error.message));
  });

const answers = await Promise.all(places.map(answer));
const healthy = answers.includes(200);
if (!healthy) console.error(`not ${question}: ${answers.join(', ')}`);
process.exit(healthy ? 0 : 1);
