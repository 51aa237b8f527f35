import { Field, InputType } from '@nestjs/graphql';
import { ArrayMaxSize } from 'class-validator';
import { MunicipalityCodeScalar } from '../../api/scalars.js';
import { IsSentence } from '../../input/text.js';

@InputType({ description: 'What is known of a location.' })
export class LocationFactsInput {
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
