// The lines of a remittance beside how each stands in the books: a table, and cards where a table is too wide.

import { Button, Card, Group, Stack, Table, Text } from '@mantine/core';
import type { getRemittance, getRemittanceClaims } from '#remittances/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useIsNarrow } from '../../lib/narrow.ts';
import { Money } from '../../ui/Money.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { StateBadge } from '../../ui/StateBadge.tsx';

type Line = Reply<typeof getRemittance>['lines'][number];
type Claim = Reply<typeof getRemittanceClaims>['claims'][number];

type LinesProps = {
  readonly lines: readonly Line[];
  readonly claimOf: ReadonlyMap<number, Claim>;
  readonly position: number | null;
  /** Shows where a line stands in its source; left out where there is none. */
  readonly onChoose: ((position: number) => void) | undefined;
};

export function RemittanceLines(props: LinesProps) {
  const isNarrow = useIsNarrow();
  return isNarrow ? <LineCards {...props} /> : <LineTable {...props} />;
}

const CHOSEN = { bg: 'var(--mantine-color-yellow-light)' } as const;

function LineTable(props: LinesProps) {
  return (
    <Scroll minWidth={560} label="Lines of the remittance">
      <Table highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Document</Table.Th>
            <Table.Th>In the books</Table.Th>
            <Table.Th ta="right">Paid</Table.Th>
            <Table.Th ta="right">Discount</Table.Th>
            <Table.Th ta="right">Kept back</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {props.lines.map((line) => (
            <Table.Tr key={line.position} {...(props.position === line.position ? CHOSEN : {})}>
              <Table.Td>
                <Named line={line} {...props} />
              </Table.Td>
              <Table.Td>
                <InTheBooks claim={props.claimOf.get(line.position)} />
              </Table.Td>
              <Table.Td ta="right">
                <Money value={line.amount} bare />
              </Table.Td>
              <Table.Td ta="right">
                <Money value={line.discount} bare quietZero />
              </Table.Td>
              <Table.Td ta="right">
                <Money value={line.deduction} bare quietZero />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

const isZero = (value: { readonly amount: string }): boolean => Number(value.amount) === 0;

function LineCards(props: LinesProps) {
  return (
    <Stack gap="xs" role="list" aria-label="Lines of the remittance">
      {props.lines.map((line) => (
        <Card
          key={line.position}
          role="listitem"
          withBorder
          padding="sm"
          {...(props.position === line.position ? CHOSEN : {})}
        >
          <Group justify="space-between" align="flex-start" wrap="nowrap">
            <div>
              <Named line={line} {...props} />
            </div>
            <Text fw={600} component="div">
              <Money value={line.amount} bare />
            </Text>
          </Group>
          <Group mt={6} gap="xs">
            <InTheBooks claim={props.claimOf.get(line.position)} />
          </Group>
          {isZero(line.discount) ? null : <Part label="Discount" value={line.discount} />}
          {isZero(line.deduction) ? null : <Part label="Kept back" value={line.deduction} />}
        </Card>
      ))}
    </Stack>
  );
}

function Part({ label, value }: { readonly label: string; readonly value: Line['amount'] }) {
  return (
    <Group justify="space-between" mt={4}>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text size="sm" component="div">
        <Money value={value} bare />
      </Text>
    </Group>
  );
}

/** The document a line names, with its reason; a button where it can be looked up in the source. */
function Named({ line, position, onChoose }: LinesProps & { readonly line: Line }) {
  return (
    <>
      {onChoose ? (
        <Button
          size="compact-sm"
          variant="subtle"
          aria-pressed={position === line.position}
          onClick={() => onChoose(line.position)}
        >
          {line.document}
        </Button>
      ) : (
        line.document
      )}
      {line.reason || line.claimNumber ? (
        <Text size="xs" c="dimmed">
          {[line.reason, line.claimNumber].filter(Boolean).join(' · ')}
        </Text>
      ) : null}
    </>
  );
}

function InTheBooks({ claim }: { readonly claim: Claim | undefined }) {
  return (
    <Group gap={6} wrap="nowrap">
      <StateBadge state={claim?.state ?? 'unknown'} />
      {claim?.open ? (
        <Text size="xs" c="dimmed" component="span">
          open <Money value={claim.open} bare />
        </Text>
      ) : null}
    </Group>
  );
}
