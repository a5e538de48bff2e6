// What each collector did and what followed, a card each, by name: nobody is ranked, and whose customers pay anyway shows.

import { Card, SimpleGrid, Stack, Text } from '@mantine/core';
import type { readEffects } from '#effects/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { countText } from '../../lib/format.ts';
import { Money } from '../../ui/Money.tsx';
import { Panel } from '../../ui/Page.tsx';
import { shareText } from './effect-words.ts';

type Row = Reply<typeof readEffects>['currencies'][number]['rows'][number];

export function Scorecards({ rows }: { readonly rows: readonly Row[] }) {
  return (
    <Panel title="Scorecards">
      <Stack gap="xs">
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
          {rows.map((row) => (
            <Card key={row.key ?? '-'} withBorder padding="md">
              <Text fw={650}>{row.label}</Text>
              <dl style={{ margin: '8px 0 0' }}>
                <Fact name="Contacts">{countText(row.contacts)}</Fact>
                <Fact name="Reached somebody">{shareText(String(row.reached), String(row.contacts))}</Fact>
                <Fact name="Promises">{countText(row.promises)}</Fact>
                <Fact name="Kept of what was promised">
                  {shareText(row.kept.amount, row.promised.amount)}
                </Fact>
                <Fact name="Money credited">
                  <Money value={row.cash} />
                </Fact>
              </dl>
            </Card>
          ))}
        </SimpleGrid>
        <Text size="xs" c="dimmed">
          By name, not by rank: accounts differ, and whose customers pay anyway looks better than whose do
          not.
        </Text>
      </Stack>
    </Panel>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div style={{ display: 'flex', justifyContent: 'space-between', gap: 12 }}>
      <Text component="dt" size="sm" c="dimmed">
        {name}
      </Text>
      <Text component="dd" size="sm" m={0}>
        {children}
      </Text>
    </div>
  );
}
