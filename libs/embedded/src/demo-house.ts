import { fileURLToPath } from 'node:url';

/** What the tenants of the demonstration have configured beside the simulated switch (`CORDBOARD_HOUSE_FILE`). */
export const DEMO_HOUSE_FILE = fileURLToPath(new URL('../demo-house.json', import.meta.url));
