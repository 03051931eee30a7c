// node partytime.mjs NODE_MODULES FEED: the feed as podcast-partytime reads it, as JSON.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [folder, feed] = process.argv.slice(2);
const { parseFeed } = createRequire(join(folder, 'any.js'))('podcast-partytime');
process.stdout.write(JSON.stringify(parseFeed(readFileSync(feed, 'utf8'))));
