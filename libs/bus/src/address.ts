import { type Target } from '@cordboard/kernel';

/** What a subject of ours says, parsed (design: subjects). */
export type Address =
  | { readonly kind: 'command'; readonly tenant: string; readonly target: Target; readonly command: string }
  | { readonly kind: 'prepare'; readonly tenant: string }
  | { readonly kind: 'claim'; readonly tenant: string }
  | { readonly kind: 'claim-by-any'; readonly tenant: string }
  | { readonly kind: 'event'; readonly tenant: string; readonly target: Target; readonly event: string }
  | { readonly kind: 'feed'; readonly tenant: string; readonly target: Target; readonly event: string }
  | { readonly kind: 'cti-hello'; readonly tenant: string; readonly processor: string }
  | { readonly kind: 'cti-status'; readonly tenant: string; readonly processor: string }
  | { readonly kind: 'cti-queues'; readonly tenant: string; readonly processor: string }
  | {
      readonly kind: 'cti-control';
      readonly tenant: string;
      readonly processor: string;
      readonly instance: string;
    }
  | {
      readonly kind: 'cti-request';
      readonly tenant: string;
      readonly processor: string;
      readonly instance: string;
      readonly target: Target;
    }
  | {
      readonly kind: 'cti-event';
      readonly tenant: string;
      readonly processor: string;
      readonly target: Target;
    }
  | { readonly kind: 'lane'; readonly lane: number };
