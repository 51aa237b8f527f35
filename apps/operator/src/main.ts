import 'reflect-metadata';
import { CommanderError } from 'commander';
import { errorAsJson, exitCodes } from './answer.js';
import { program } from './program.js';

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Commander has said what is wrong; asking for help is no mistake.
  process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  // It may have stopped reading before it came to --json.
  if (error.exitCode !== 0 && process.argv.includes('--json')) console.log(errorAsJson(messageOf(error)));
}

function messageOf({ code, message }: CommanderError): string {
  return code === 'commander.help' ? 'name a command; --help names them' : message.replace(/^error: /, '');
}
