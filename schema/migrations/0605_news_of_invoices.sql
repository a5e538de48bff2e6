-- Which invoice of a hand-over of several a piece of news is of; empty where it is of all that was handed over.
alter table hand_over_news add column document_id uuid;
