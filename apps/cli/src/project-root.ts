import { fileURLToPath } from 'node:url';

/** The folder of the checkout (or of the image): the same from src and from dist. */
export const projectRoot = fileURLToPath(new URL('../../../', import.meta.url));
