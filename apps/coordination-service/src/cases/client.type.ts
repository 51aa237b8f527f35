import { Field, ObjectType } from '@nestjs/graphql';
import type { SealedField } from '@spil/read-model';
import type { Personal, PersonalField } from '../personal/personal-data.js';
import { PersonalText } from '../personal/personal-text.js';

@ObjectType({ description: 'Who the client is and how to reach the person safely.' })
export class ClientDetails {
  @Field(() => PersonalText)
  readonly name!: PersonalField;

  @Field(() => PersonalText)
  readonly phone!: PersonalField;

  @Field(() => PersonalText)
  readonly email!: PersonalField;

  @Field(() => PersonalText)
  readonly address!: PersonalField;

  @Field(() => PersonalText, { description: 'How to make contact safely.' })
  readonly safeContact!: PersonalField;

  @Field(() => PersonalText, { description: 'Language for which an interpreter is needed.' })
  readonly interpreterLanguage!: PersonalField;
}

export const clientDetails = (sealed: SealedField | null, personal: Personal): ClientDetails => ({
  name: personal(sealed, 'name'),
  phone: personal(sealed, 'phone'),
  email: personal(sealed, 'email'),
  address: personal(sealed, 'address'),
  safeContact: personal(sealed, 'safeContact'),
  interpreterLanguage: personal(sealed, 'interpreterLanguage'),
});
