// node feedsmith.mjs NODE_MODULES FEED: the feed as feedsmith reads it, as JSON.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [folder, feed] = process.argv.slice(2);
const { parseFeed } = createRequire(join(folder, 'any.js'))('feedsmith');
process.stdout.write(JSON.stringify(parseFeed(readFileSync(feed, 'utf8'))));
