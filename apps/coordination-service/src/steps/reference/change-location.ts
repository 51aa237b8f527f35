import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import type { Principal } from '@spil/access';
import { ChangeLocation } from '@spil/commands';
import type { ChangeLocationInput as ChangeLocationOrder } from '@spil/commands';
import { ArrayMaxSize, IsDefined } from 'class-validator';
import { MunicipalityCodeScalar, ReferenceIdScalar } from '../../api/scalars.js';
import { CorrelationId, CurrentPrincipal } from '../../auth/current-principal.js';
import { IsSentence } from '../../input/text.js';
import { StepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `changeLocation`.' })
export class ChangeLocationInput extends StepInput implements ChangeLocationOrder {
  @Field(() => ReferenceIdScalar, { description: 'The location.' })
  @IsDefined()
  readonly locationId!: string;

  @Field(() => String, { description: 'Name of the place.' })
  @IsSentence({ max: 100 })
  readonly name!: string;

  @Field(() => [MunicipalityCodeScalar], {
    description: 'CBS codes of the municipalities that it covers; Walcheren covers several.',
  })
  @ArrayMaxSize(50)
  readonly municipalities!: readonly string[];

  @Field(() => String, { description: 'One of the 11 arrondissementen (P 8).' })
  @IsSentence({ max: 60 })
  readonly arrondissement!: string;
}

@Resolver()
export class ChangeLocationResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, { description: 'Replaces what is known of a location.' })
  async changeLocation(
    @Args('input') input: ChangeLocationInput,
    @CurrentPrincipal() principal: Principal,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new ChangeLocation(orderOf(input, principal, correlationId), factsIn(input)),
      ),
    );
  }
}
