import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { RenameOrganisation } from '@spil/commands';
import type { RenameOrganisationInput as RenameOrganisationOrder } from '@spil/commands';
import { IsDefined } from 'class-validator';
import { ReferenceIdScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { IsSentence } from '../../input/text.js';
import { StepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `renameOrganisation`.' })
export class RenameOrganisationInput extends StepInput implements RenameOrganisationOrder {
  @Field(() => ReferenceIdScalar, { description: 'The organisation.' })
  @IsDefined()
  readonly organisationId!: string;

  @Field(() => String, { description: 'The new name.' })
  @IsSentence({ max: 200 })
  readonly name!: string;
}

@Resolver()
export class RenameOrganisationResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, { description: 'Gives an organisation another name.' })
  async renameOrganisation(
    @Args('input') input: RenameOrganisationInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new RenameOrganisation(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
