-- Which e-invoice a customer wants, what its documents say where they name no reference of their own, and the electronic address
-- of a company (EN 16931 BT-34).
alter table delivery_preference
  add column e_invoice text check (e_invoice in ('peppol', 'xrechnung_ubl', 'xrechnung_cii', 'factur_x', 'en16931_ubl', 'en16931_cii')),
  add column buyer_reference text,
  add column purchase_order text;

alter table company add column network_address text;
