import { readFileSync } from 'node:fs';

const BLOCK = /<!-- (code|made): (.+) -->[^]*?<!-- end -->/g;

const languageOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/** The lines of a file between `// region: <name>` and the next region, or its end. */
const regionOf = (path: string, region: string): string => {
  const text = readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
  const [, ...parts] = text.split(/^\/\/ region: /m);
  const found = parts.find((part) => part.startsWith(`${region}\n`));
  if (found === undefined) throw new Error(`${path} has no region ${region}`);
  return found.slice(region.length + 1).trim();
};

const codeOf = (source: string): string => {
  const [path = '', region = ''] = source.split(' ');
  return ['```' + languageOf(path), regionOf(path, region), '```'].join('\n');
};

/**
 * The guide with its blocks as they are now. A block follows a comment: `code: <path> <region>` is a part of a
 * source, `made: <name>` one of those given. It ends at `<!-- end -->`.
 */
export const fillGuide = (guide: string, made: Readonly<Record<string, string>>): string =>
  guide.replaceAll(BLOCK, (_, kind: string, source: string) => {
    const content = kind === 'code' ? codeOf(source) : made[source];
    if (content === undefined) throw new Error(`nobody makes ${source}`);
    return `<!-- ${kind}: ${source} -->\n\n${content}\n\n<!-- end -->`;
  });
