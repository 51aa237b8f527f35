import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { RequestErasure } from '@spil/commands';
import type { RequestErasureInput as RequestErasureOrder } from '@spil/commands';
import type { IdentityCheck } from '@spil/domain';
import { IsDefined } from 'class-validator';
import { IdentityCheckEnum } from '../../api/enums.js';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { StepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `requestErasure`.' })
export class RequestErasureInput extends StepInput implements RequestErasureOrder {
  @Field(() => UuidScalar, {
    description:
      'Any case of the client in which your organisation holds data; all of its data of this client are meant.',
  })
  @IsDefined()
  readonly caseId!: string;

  @Field(() => IdentityCheckEnum)
  @IsDefined()
  readonly identityCheck!: IdentityCheck;
}

@Resolver()
export class RequestErasureResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, {
    description:
      'Takes in that a client wants to be forgotten (AVG art. 17). For privacy officers; each organisation decides over its own data.',
  })
  async requestErasure(
    @Args('input') input: RequestErasureInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(new RequestErasure(orderOf(input, asking, correlationId), factsIn(input))),
    );
  }
}
