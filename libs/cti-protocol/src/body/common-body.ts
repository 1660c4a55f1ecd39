import { Text } from './rules.ts';

/** Ties a bridge id to a native id (bridge D.1). */
export class RegistrationBody {
  @Text()
  id!: string;

  @Text()
  nativeid!: string;
}

/** Names a registered child by its bridge id. */
export class IdBody {
  @Text()
  id!: string;
}

/** Announces something by its native id, or gives the native id of something new. */
export class NativeIdBody {
  @Text()
  nativeid!: string;
}

/** Where to dial, transfer to or bring in. */
export class DestinationBody {
  @Text()
  destination!: string;
}

/** A message without properties; whatever comes with it is ignored. */
export class EmptyBody {}
