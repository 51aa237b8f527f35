import 'reflect-metadata';
import { CommanderError } from 'commander';
import { exitCodes } from './answer.js';
import { program } from './program.js';

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Commander has said what is wrong; asking for help is no mistake.
  process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
}
