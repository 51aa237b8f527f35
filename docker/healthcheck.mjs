// Asks the program in this container whether it lives or is ready; the exit code tells Docker. Service and worker have ports of
// their own and never share a container, so the one that listens is the one to ask.
import { get } from 'node:http';

const question = process.argv[2] ?? 'live';
const ports = [process.env.SPIL_PORT || 4000, process.env.SPIL_WORKER_PORT || 4001];

const answer = (port) =>
  new Promise((resolve) => {
    get({ host: '127.0.0.1', port, path: `/health/${question}`, timeout: 4_000 }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('timeout', function () {
        this.destroy(new Error('no answer in time'));
      })
      .on('error', (error) => resolve(error.message));
  });

const answers = await Promise.all(ports.map(answer));
const healthy = answers.includes(200);
if (!healthy) console.error(`not ${question}: ${answers.join(', ')}`);
process.exit(healthy ? 0 : 1);
