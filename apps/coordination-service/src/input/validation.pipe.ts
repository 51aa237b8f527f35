import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { badUserInput, type FieldProblem } from '../api/errors.js';

/** Checks every input class by its decorators; a field without any is refused, so that none is forgotten. */
export const createValidationPipe = (): ValidationPipe =>
  new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    stopAtFirstError: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => badUserInput(errors.flatMap((error) => problemsOf(error, ''))),
  });

function problemsOf(error: ValidationError, above: string): FieldProblem[] {
  const field = above === '' ? error.property : `${above}.${error.property}`;
  const own = Object.values(error.constraints ?? {}).map((message) => ({
    field,
    message: message.replace(new RegExp(`^${escaped(error.property)} `), ''),
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => problemsOf(child, field))];
}

const escaped = (text: string) => text.replace(/[^A-Za-z0-9_]/g, '\\$&');
