// A list for people who work in it all day: fixed header, rows drawn only where they are seen, more rows as one scrolls,
// arrow keys or j and k to move, Enter to open. On a phone the page itself scrolls, elsewhere a box with a fixed header.

import { Table, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useVirtualizer, useWindowVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { countText } from '../lib/format.ts';
import { useIsNarrow } from '../lib/narrow.ts';

export type Column<Row> = {
  readonly key: string;
  readonly title: string;
  readonly numeric?: boolean;
  /** Hidden on a phone. */
  readonly wideOnly?: boolean;
  /** The name under which the server sorts; a column without one is not sorted. */
  readonly sort?: string;
  readonly width?: number | string;
  /** Its share of the room that is left; what does not fit is cut off. Other columns are as wide as what is in them. */
  readonly grow?: number;
  cell(row: Row): ReactNode;
  /** A second line on a phone, for what stands in a column of its own elsewhere. */
  under?(row: Row): ReactNode;
};

type DataTableProps<Row> = {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  keyOf(row: Row): string;
  onOpen?(row: Row): void;
  isSelected?(row: Row): boolean;
  /** Asked for the next page when the end comes into sight. */
  onEnd?(): void;
  readonly loadingMore?: boolean;
  readonly sort?: { readonly by: string; readonly descending: boolean };
  onSort?(by: string): void;
  readonly empty?: ReactNode;
  readonly footer?: ReactNode;
};

const ROW_PIXELS = 41;
/** Rows drawn above and below those in sight. */
const OVERSCAN = 12;
/** So many rows before the end the next page is asked for. */
const ROWS_AHEAD = 40;

/** How far lists were scrolled, by the place in the browser's history, so that going back comes to the same rows. */
const places = new Map<string, number>();
/** Places kept; the oldest is forgotten first. */
const PLACES_MAX = 100;

function placeOf(label: string): string {
  const state = window.history.state as { readonly __TSR_key?: string } | null;
  return `${state?.__TSR_key ?? ''} ${label}`;
}

function keepPlace(place: string, offset: number): void {
  places.delete(place);
  places.set(place, offset);
  const [oldest] = places.keys();
  if (places.size > PLACES_MAX && oldest !== undefined) places.delete(oldest);
}

export function DataTable<Row>({ columns, ...rest }: DataTableProps<Row>) {
  const narrow = useIsNarrow();
  const shown = narrow ? columns.filter((column) => column.wideOnly !== true) : columns;
  const props = { ...rest, columns: sharingRoom(shown) };
  if (props.rows.length === 0 && props.empty !== undefined)
    return <div className="table-scroll">{props.empty}</div>;
  return narrow ? <PageTable {...props} /> : <BoxTable {...props} />;
}

/**
 * The shares of the growing columns as parts of a whole: then the others are as wide as what is in them, and what is left goes to
 * the growing ones in proportion.
 */
function sharingRoom<Row>(columns: readonly Column<Row>[]): readonly Column<Row>[] {
  const all = columns.reduce((sum, { grow = 0 }) => sum + grow, 0);
  return columns.map((column) =>
    column.grow === undefined ? column : { ...column, grow: (column.grow / all) * 100 },
  );
}

/** The rows scroll in a box. */
function BoxTable<Row>(props: DataTableProps<Row>) {
  const scroller = useRef<HTMLElement>(null);
  const [place] = useState(() => placeOf(props.label));
  const virtual = useVirtualizer({
    initialOffset: places.get(place) ?? 0,
    onChange: (now) => keepPlace(place, now.scrollOffset ?? 0),
    count: props.rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PIXELS,
    overscan: OVERSCAN,
  });
  return <Rows table={props} virtual={virtual} frame={scroller} above={0} />;
}

/** The rows scroll with the page. */
function PageTable<Row>(props: DataTableProps<Row>) {
  const frame = useRef<HTMLElement>(null);
  const [above, setAbove] = useState(0);
  useLayoutEffect(() => {
    const top = frame.current?.getBoundingClientRect().top ?? 0;
    setAbove(top + window.scrollY);
  }, []);
  const virtual = useWindowVirtualizer({
    count: props.rows.length,
    estimateSize: () => ROW_PIXELS,
    overscan: OVERSCAN,
    scrollMargin: above,
  });
  return <Rows table={props} virtual={virtual} frame={frame} above={above} />;
}

type Virtual = {
  getVirtualItems(): readonly { readonly index: number; readonly start: number; readonly end: number }[];
  getTotalSize(): number;
  readonly measureElement: (element: Element | null) => void;
};

type RowsProps<Row> = {
  readonly table: DataTableProps<Row>;
  readonly virtual: Virtual;
  readonly frame: Ref<HTMLElement>;
  /** Pixels of the scrolled element before the table. */
  readonly above: number;
};

function Rows<Row>({ table, virtual, frame, above }: RowsProps<Row>) {
  const { columns, rows, onEnd, keyOf } = table;
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? -1;
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - ROWS_AHEAD) onEnd?.();
  }, [last, rows.length, onEnd]);
  const before = (shown[0]?.start ?? above) - above;
  const after = virtual.getTotalSize() - ((shown.at(-1)?.end ?? above) - above);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="table-scroll" ref={frame} tabIndex={0} aria-label={table.label}>
      <Table aria-rowcount={rows.length} aria-label={table.label}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <HeaderCell key={column.key} column={column} sort={table.sort} onSort={table.onSort} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {before > 0 ? <Spacer pixels={before} span={columns.length} /> : null}
          {shown.map((item) => {
            const row = rows[item.index];
            return row === undefined ? null : (
              <BodyRow
                key={keyOf(row)}
                row={row}
                index={item.index}
                table={table}
                measure={virtual.measureElement}
              />
            );
          })}
          {after > 0 ? <Spacer pixels={after} span={columns.length} /> : null}
        </Table.Tbody>
        {table.footer === undefined ? null : <Table.Tfoot>{table.footer}</Table.Tfoot>}
      </Table>
      {table.loadingMore ? (
        <Text size="sm" c="dimmed" ta="center" py="xs" role="status">
          Loading more after {countText(rows.length)}…
        </Text>
      ) : null}
    </section>
  );
}

function HeaderCell<Row>({
  column,
  sort,
  onSort,
}: {
  readonly column: Column<Row>;
  readonly sort: DataTableProps<Row>['sort'];
  readonly onSort: DataTableProps<Row>['onSort'];
}) {
  const by = column.sort;
  const sorted = by !== undefined && sort?.by === by;
  const order = sorted ? (sort.descending ? 'descending' : 'ascending') : undefined;
  return (
    <Table.Th className={classOf(column)} w={column.width} aria-sort={order} style={growing(column)}>
      {by === undefined || onSort === undefined ? (
        column.title
      ) : (
        <button type="button" className="sort-button" onClick={() => onSort(by)}>
          {column.title}
          {sorted ? (
            sort.descending ? (
              <IconArrowDown size={14} aria-hidden />
            ) : (
              <IconArrowUp size={14} aria-hidden />
            )
          ) : null}
        </button>
      )}
    </Table.Th>
  );
}

function classOf<Row>(column: Column<Row>): string {
  return [column.numeric ? 'numeric' : '', column.grow === undefined ? '' : 'growing'].join(' ').trim();
}

function growing<Row>(column: Column<Row>): CSSProperties | undefined {
  return column.grow === undefined ? undefined : { width: `${column.grow}%` };
}

type BodyRowProps<Row> = {
  readonly row: Row;
  readonly index: number;
  readonly table: DataTableProps<Row>;
  readonly measure: (element: Element | null) => void;
};

function BodyRow<Row>({ row, index, table, measure }: BodyRowProps<Row>) {
  const open = table.onOpen === undefined ? undefined : () => table.onOpen?.(row);
  const onKeyDown = (event: KeyboardEvent<HTMLTableRowElement>): void => {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'Enter' && open) open();
    else if (event.key === 'ArrowDown' || event.key === 'j')
      focusSibling(event.currentTarget, 'nextElementSibling');
    else if (event.key === 'ArrowUp' || event.key === 'k')
      focusSibling(event.currentTarget, 'previousElementSibling');
    else return;
    event.preventDefault();
  };
  const selected = table.isSelected?.(row);
  return (
    <Table.Tr
      ref={measure}
      data-index={index}
      aria-rowindex={index + 1}
      {...(selected === undefined ? {} : { 'aria-selected': selected })}
      {...(open === undefined ? {} : { 'data-link': true, tabIndex: 0, onClick: openFrom(open) })}
      onKeyDown={onKeyDown}
      h={ROW_PIXELS}
    >
      {table.columns.map((column) => (
        <Table.Td key={column.key} className={classOf(column)} style={growing(column)}>
          {column.cell(row)}
          {column.under === undefined ? null : (
            <Text size="xs" c="dimmed" component="div" className="only-narrow" truncate>
              {column.under(row)}
            </Text>
          )}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

/** What in a row does something of its own. */
const CONTROLS =
  'a, button, input, label, select, textarea, summary, [role="button"], [role="checkbox"], [role="switch"], [role="combobox"]';

/** A click opens its row, but not one on a control in it, nor one in what such a control opened elsewhere on the page. */
function openFrom(open: () => void): (event: MouseEvent<HTMLTableRowElement>) => void {
  return ({ target, currentTarget }) => {
    if (!(target instanceof Element) || !currentTarget.contains(target)) return;
    if (target.closest(CONTROLS) === null) open();
  };
}

function focusSibling(row: HTMLElement, which: 'nextElementSibling' | 'previousElementSibling'): void {
  const sibling = row[which];
  if (sibling instanceof HTMLElement && sibling.tabIndex >= 0) sibling.focus();
}

function Spacer({ pixels, span }: { readonly pixels: number; readonly span: number }) {
  return (
    <tr aria-hidden style={{ height: pixels }}>
      <td colSpan={span} style={{ padding: 0, border: 0 }} />
    </tr>
  );
}
