-- How many messages of an inquiry were taken back before they left, without reading the others.
create index messages_taken_back on messages (inquiry) where send_state = 5;
