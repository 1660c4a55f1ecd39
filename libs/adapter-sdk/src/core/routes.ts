import { channelRoutes } from './channel-routes.ts';
import { conversationRoutes } from './conversation-routes.ts';
import { interactionRoutes } from './interaction-routes.ts';
import { type Routes } from './route.ts';
import { sessionRoutes } from './session-routes.ts';

/** Queries and requests that go to a handler; registration and disposal are the kit's own (registration.ts). */
export const routes: Routes = {
  ...sessionRoutes,
  ...channelRoutes,
  ...interactionRoutes,
  ...conversationRoutes,
};
