// Several servers and workers share one PostgreSQL, and one of them after the other is killed: the others go on.
// In a process of its own: it kills programs, again and again, which takes long.

import { test } from 'node:test';
import { startEmbedded } from '#db/embedded.ts';
import { killAll, type Program, Programs } from './programs.ts';
import { type Cast, PLAY_MS_MAX, play } from './scenario.ts';

test('of several servers and workers on one database any can be killed: the others do its work, once', {
  skip: process.platform === 'win32' && 'there is no SIGKILL on Windows',
  timeout: PLAY_MS_MAX,
}, async (t) => {
  await play(t, 3, async (smtpUrl) => {
    const programs = new Programs({ SMTP_URL: smtpUrl });
    // Only processes are killed here, so that the database need not outlive a power cut.
    const starting = startEmbedded({ dataDir: programs.dataDir, durability: 'test' });
    t.after(() => programs.close(async () => (await starting).stop()));
    const database = await starting;
    return castOf(programs, database.url);
  });
});

type Role = 'server' | 'worker';

/** Two servers and two workers. Who was killed is replaced in the round after. */
async function castOf(programs: Programs, databaseUrl: string): Promise<Cast> {
  const start = (role: Role) => programs.start({ DATABASE_URL: databaseUrl, QUITTANCE_ROLE: role });
  const alive: Record<Role, Program[]> = { server: [await start('server')], worker: [await start('worker')] };
  const prepare = async () => {
    for (const role of ['server', 'worker'] as const)
      if (alive[role].length < 2) alive[role].push(await start(role));
  };
  await prepare();
  return {
    databaseUrl,
    victims: ['server', 'worker'],
    addresses: () => alive.server.map((server) => server.address),
    prepare,
    kill(victim) {
      const [eldest, ...others] = alive[victim as Role];
      alive[victim as Role] = others;
      killAll(eldest ? [eldest.pid] : []);
    },
    comeBack: async () => {},
  };
}
