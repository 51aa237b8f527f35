import { ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';
import { badUserInput, type FieldProblem } from '../api/errors.js';

/**
 * Checks every input class by its decorators; a field without any is refused, so that none is forgotten. Problems are named
 * by the path that the GraphQL layer names them by, from the argument on.
 */
class InputPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      stopAtFirstError: true,
      validationError: { target: false, value: false },
      exceptionFactory: (errors) => new InvalidInput(errors),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    try {
      return await super.transform(value, metadata);
    } catch (thrown) {
      if (!(thrown instanceof InvalidInput)) throw thrown;
      throw badUserInput(thrown.errors.flatMap((error) => problemsOf(error, metadata.data ?? '')));
    }
  }
}

class InvalidInput extends Error {
  constructor(readonly errors: readonly ValidationError[]) {
    super('the input is not valid');
  }
}

export const createValidationPipe = (): ValidationPipe => new InputPipe();

function problemsOf(error: ValidationError, above: string): FieldProblem[] {
  const field = above === '' ? error.property : `${above}.${error.property}`;
  const own = Object.values(error.constraints ?? {}).map((message) => ({
    field,
    message: message.replace(new RegExp(`^${escaped(error.property)} `), ''),
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => problemsOf(child, field))];
}

const escaped = (text: string) => text.replace(/[^A-Za-z0-9_]/g, '\\$&');
