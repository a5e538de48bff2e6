// Are duties kept apart? Who could do both sides of what should lie in two hands, and who did.

import { Badge, Group, NumberInput, Stack, Table, Text } from '@mantine/core';
import { exportDuties, readDuties } from '#reporting/contract.ts';
import { useAddress } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { useRead } from '../../lib/data.ts';
import { momentWords } from '../../lib/format.ts';
import { plainWords } from '../../lib/words.ts';
import { Page, Panel, Shown } from '../../ui/Page.tsx';
import { SaveButton } from '../../ui/SaveButton.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { roleWords } from '../identity/roles.ts';

type Pair = Reply<typeof readDuties>['pairs'][number];

const DAYS_MAX = 366;

export default function DutiesPage() {
  const [search, setSearch] = useAddress();
  const query = {
    ...(search.back ? { lookBackDays: search.back } : {}),
    ...(search.apart ? { apartDays: search.apart } : {}),
  };
  const read = useRead(readDuties, { query });
  return (
    <Page
      title="Duties kept apart"
      subtitle="Who could do both sides of what should lie in two hands, and who did."
      actions={<SaveButton label="CSV" operation={exportDuties} input={{ query }} />}
    >
      <Group align="flex-end">
        <NumberInput
          label="Look back, days"
          min={1}
          max={DAYS_MAX}
          allowDecimal={false}
          value={Number(search.back ?? '90')}
          onChange={(days) => setSearch({ back: days === '' ? '' : String(days) })}
          w={150}
        />
        <NumberInput
          label="Days in between"
          min={0}
          max={DAYS_MAX}
          allowDecimal={false}
          value={Number(search.apart ?? '30')}
          onChange={(days) => setSearch({ apart: days === '' ? '' : String(days) })}
          w={190}
        />
      </Group>
      <Shown read={read}>
        {({ pairs }) => (
          <Stack>
            {pairs.map((pair) => (
              <PairPanel key={pair.code} pair={pair} />
            ))}
          </Stack>
        )}
      </Shown>
    </Page>
  );
}

function PairPanel({ pair }: { readonly pair: Pair }) {
  const count = pair.conflicts.length;
  return (
    <Panel
      title={pair.title}
      actions={
        <Group gap={6} justify="flex-end">
          {pair.guarded ? <Badge color="teal">a second person is asked</Badge> : null}
          <Badge color={count > 0 ? 'orange' : 'gray'}>
            {count === 0 ? 'did not happen' : `happened ${count}${pair.hasMore ? '+' : ''}×`}
          </Badge>
        </Group>
      }
    >
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {pair.risk}
        </Text>
        <Group gap={6}>
          <Text size="sm" fw={550}>
            Could:
          </Text>
          {pair.holders.length === 0 ? (
            <Text size="sm">nobody</Text>
          ) : (
            pair.holders.map((holder) => (
              <Badge key={holder.id} color={holder.kind === 'api_key' ? 'grape' : 'gray'}>
                {holder.kind === 'api_key' ? 'key ' : ''}
                {holder.name} · {roleWords(holder.role).toLowerCase()}
              </Badge>
            ))
          )}
        </Group>
        {count === 0 ? null : <Conflicts pair={pair} />}
      </Stack>
    </Panel>
  );
}

function Conflicts({ pair }: { readonly pair: Pair }) {
  return (
    <Scroll minWidth={560}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Who</Table.Th>
            <Table.Th>Customer</Table.Th>
            <Table.Th>One</Table.Th>
            <Table.Th>The other</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {pair.conflicts.map((conflict) => (
            <Table.Tr key={conflict.other.type + conflict.other.subjectId + conflict.other.at}>
              <Table.Td>{conflict.person}</Table.Td>
              <Table.Td>
                {conflict.customer ? (
                  <TenantLink to={`customers/${conflict.customer.id}?tab=timeline`}>
                    {conflict.customer.name}
                  </TenantLink>
                ) : (
                  '–'
                )}
              </Table.Td>
              <Table.Td>
                <Deed deed={conflict.one} />
              </Table.Td>
              <Table.Td>
                <Deed deed={conflict.other} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

function Deed({ deed }: { readonly deed: Pair['conflicts'][number]['one'] }) {
  return (
    <>
      <Text size="sm">{plainWords(deed.type)}</Text>
      <Text size="xs" c="dimmed">
        {momentWords(deed.at)}
      </Text>
    </>
  );
}
