// What the rules on the page would make of the list: who comes first, who moves up and who falls behind.

import { Badge, Group, Stack, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { previewWorklistRules } from '#worklist/contract.ts';
import type { ApiProblem, Reply } from '../../lib/api.ts';
import { countText } from '../../lib/format.ts';
import { Money } from '../../ui/Money.tsx';
import { Empty, Panel, Shown } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';

type Preview = Reply<typeof previewWorklistRules>;
type Moved = Preview['first'][number];

export function RulesPreview({ read }: { readonly read: UseQueryResult<Preview, ApiProblem> }) {
  return (
    <Panel title="The list by these rules">
      <Shown read={read}>
        {(preview) =>
          preview.lookedAt === 0 ? (
            <Empty title="Nobody is on the list">
              Once there is a worklist, you see here who moves up and who falls behind.
            </Empty>
          ) : (
            <Stack gap="sm">
              <Text size="sm" role="status">
                {movedWords(preview)}
              </Text>
              <MovedList label="Who comes first" rows={preview.first} />
              {preview.noLongerFirst.length > 0 ? (
                <>
                  <Text size="sm" fw={600} mt="xs">
                    No longer among the first {countText(preview.first.length)}
                  </Text>
                  <MovedList label="No longer among the first" rows={preview.noLongerFirst} />
                </>
              ) : null}
            </Stack>
          )
        }
      </Shown>
    </Panel>
  );
}

function movedWords({ up, down, listed, lookedAt }: Preview): string {
  const whose =
    lookedAt < listed
      ? `Of the ${countText(lookedAt)} accounts that matter most now, of ${countText(listed)}`
      : `Of ${countText(lookedAt)} ${lookedAt === 1 ? 'account' : 'accounts'}`;
  if (up + down === 0) return `${whose}, none moves.`;
  return `${whose}, ${countText(up)} ${up === 1 ? 'moves' : 'move'} up and ${countText(down)} down.`;
}

function MovedList({ label, rows }: { readonly label: string; readonly rows: readonly Moved[] }) {
  return (
    <Stack gap={6} role="list" aria-label={label}>
      {rows.map((row) => (
        <Group
          key={`${row.companyId} ${row.customer.id}`}
          role="listitem"
          gap="sm"
          wrap="nowrap"
          align="flex-start"
        >
          <Text size="sm" className="numeric" w={22} style={{ flex: 'none' }}>
            {countText(row.place)}
          </Text>
          <Place row={row} />
          <div style={{ flex: 1, minWidth: 0 }}>
            <Text size="sm" truncate>
              <TenantLink to={`customers/${row.customer.id}`}>{row.customer.name}</TenantLink>
            </Text>
            <Text size="xs" c="dimmed">
              <Money value={row.overdue} /> overdue
            </Text>
          </div>
          <Text size="sm" className="numeric" style={{ flex: 'none' }}>
            {row.points === row.pointsBefore
              ? countText(row.points)
              : `${countText(row.pointsBefore)} → ${countText(row.points)}`}
          </Text>
        </Group>
      ))}
    </Stack>
  );
}

/** How far an account moves; never by colour alone. */
function Place({ row: { place, placeBefore } }: { readonly row: Moved }) {
  const by = placeBefore - place;
  const words = by > 0 ? `up by ${countText(by)}` : `down by ${countText(-by)}`;
  return (
    <Badge
      w={{ base: 46, sm: 60 }}
      px={4}
      style={{ flex: 'none' }}
      color={by > 0 ? 'teal' : by < 0 ? 'orange' : 'gray'}
      aria-label={by === 0 ? 'stays' : words}
    >
      {by === 0 ? '=' : `${by > 0 ? '↑' : '↓'} ${countText(Math.abs(by))}`}
    </Badge>
  );
}
