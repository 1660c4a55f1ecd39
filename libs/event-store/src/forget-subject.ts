import { type EventStore } from './event-store.ts';
import { type Vault } from './sealing/vault.ts';

/**
 * Makes everything personal in the interactions that list this number or address unreadable for ever; says how
 * many data keys were destroyed. The chain of hashes still verifies.
 */
export const forgetSubject = (
  { store, vault }: { readonly store: EventStore; readonly vault: Vault },
  tenant: string,
  numberOrAddress: string,
): Promise<number> => store.forget(tenant, vault.subject(tenant, numberOrAddress));
