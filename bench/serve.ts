// The real server as a process of its own for benchmarks: started by ground.ts, which is told the address. The same as in
// life but for the limits on how often one address may ask; its log goes to a file.

import { join } from 'node:path';
import { openLog } from '#http/log.ts';
import { startServer } from '../src/server.ts';

const [databaseUrl = '', dataDir = ''] = process.argv.slice(2);
const NO_LIMIT = 1e9;

const server = await startServer({
  databaseUrl,
  port: 0,
  host: '127.0.0.1',
  dataDir,
  webDir: dataDir,
  log: openLog({ role: 'server', file: join(dataDir, 'bench-server.log') }),
  limits: { requestsPerMinute: NO_LIMIT },
});
process.send?.(server.address);
process.once('disconnect', () => void server.close().then(() => process.exit(0)));
