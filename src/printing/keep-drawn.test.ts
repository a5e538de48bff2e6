import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { inTenant, type Tx } from '#db/transaction.ts';
import { anInvoiceDocument, someInvoiceData } from '../../test/support/printed-documents.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { DRAWN_DAYS_KEPT, drawnOnce, drawOnce, invoiceDrawing, removeOldDrawn } from './keep-drawn.ts';
import { closePdf, renderInvoicePdf } from './render-pdf.ts';

after(closePdf);

const beforeOf = ({ pool, tenantId }: TestTenant) =>
  Object.assign(<T>(work: (tx: Tx) => Promise<T>) => inTenant(pool, tenantId, work, { snapshot: true }), {
    keep: (work: (tx: Tx) => Promise<void>) => inTenant(pool, tenantId, work),
  });

/** An invoice to draw, which counts how often it is drawn. */
function counted(...of: Parameters<typeof invoiceDrawing>) {
  const drawing = invoiceDrawing(...of);
  const counting = {
    drawn: 0,
    name: drawing.name,
    draw: () => {
      counting.drawn += 1;
      return drawing.draw();
    },
  };
  return counting;
}

test('the same document is drawn once, and is byte for byte what drawing it gives', async () => {
  const tenant = await newTenant();
  const before = beforeOf(tenant);
  const data = someInvoiceData();
  const first = counted(anInvoiceDocument(), data);
  const drawn = await drawnOnce(first, before);
  const again = counted(anInvoiceDocument(), data);
  assert.deepEqual(Buffer.from(await drawnOnce(again, before)), Buffer.from(drawn));
  assert.deepEqual([first.drawn, again.drawn], [1, 0]);
  assert.deepEqual(Buffer.from(drawn), Buffer.from(await renderInvoicePdf(anInvoiceDocument(), data)));
});

test('whatever differs is drawn anew: an amount paid, the language, a picture, the data inside', async () => {
  const logo = (colour: string) =>
    new TextEncoder().encode(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="20" height="10" fill="${colour}"/></svg>`,
    );
  const { seller } = anInvoiceDocument();
  const withLogo = (colour: string) =>
    anInvoiceDocument({ change: { seller: { ...seller, logo: logo(colour) } } });
  const data = someInvoiceData();
  const names = [
    invoiceDrawing(anInvoiceDocument()),
    invoiceDrawing(anInvoiceDocument({ paidMinor: 1_000n })),
    invoiceDrawing(anInvoiceDocument({ language: 'de' })),
    invoiceDrawing(withLogo('red')),
    invoiceDrawing(withLogo('tan')),
    invoiceDrawing(anInvoiceDocument(), data),
    invoiceDrawing(anInvoiceDocument(), { ...data, xml: Buffer.concat([data.xml, Buffer.from(' ')]) }),
  ].map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  assert.equal(invoiceDrawing(withLogo('red')).name, names[3]);
});

test('what is kept is of one tenant, and without a place to keep it each is drawn', async () => {
  const [one, other] = [await newTenant(), await newTenant()];
  await drawnOnce(counted(anInvoiceDocument()), beforeOf(one));
  const theirs = counted(anInvoiceDocument());
  await drawnOnce(theirs, beforeOf(other));
  assert.equal(theirs.drawn, 1);
  const unkept = counted(anInvoiceDocument());
  const { pool, tenantId } = one;
  await drawnOnce(unkept, (work) => inTenant(pool, tenantId, work, { snapshot: true }));
  assert.equal(unkept.drawn, 1);
});

test('of many drawings so many are drawn as are taken, and those are kept', async () => {
  const before = beforeOf(await newTenant());
  const all = [100n, 200n, 300n].map((paidMinor) => counted(anInvoiceDocument({ paidMinor })));
  let taken = 0;
  for await (const _ of drawOnce(all, before)) {
    taken += 1;
    if (taken === 2) break;
  }
  assert.deepEqual(
    all.map(({ drawn }) => drawn),
    [1, 1, 0],
  );
  for await (const _ of drawOnce(all, before));
  assert.deepEqual(
    all.map(({ drawn }) => drawn),
    [1, 1, 1],
  );
});

test('what nobody used for long is taken away, and drawn anew', async () => {
  const tenant = await newTenant();
  const before = beforeOf(tenant);
  const [old, used] = [counted(anInvoiceDocument({ paidMinor: 1n })), counted(anInvoiceDocument())];
  for (const one of [old, used]) await drawnOnce(one, before);
  await before.keep(async (tx) =>
    tx.write(sql`update drawn_document set used_on = current_date - ${DRAWN_DAYS_KEPT + 1}::int
      where tenant_id = ${tx.tenantId}`),
  );
  // Used again, it stays.
  await drawnOnce(used, before);
  await before.keep(removeOldDrawn);
  for (const one of [old, used]) await drawnOnce(one, before);
  assert.deepEqual([old.drawn, used.drawn], [2, 1]);
});
