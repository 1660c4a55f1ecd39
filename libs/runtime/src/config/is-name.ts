import { isId } from '@cordboard/kernel';
import { ValidateBy } from 'class-validator';

/** A name that may stand in a subject: of a tenant, a processor or an instance. */
export const IsName = (): PropertyDecorator =>
  ValidateBy({
    name: 'isName',
    validator: {
      validate: isId,
      defaultMessage: () => '$property must be 1 to 64 of letters, digits, _ and -',
    },
  });
