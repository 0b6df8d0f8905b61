// The icons the pages use, by their name in Lucide (ISC). `parts::icon` takes the same names.
export const icons = [
  "alarm-clock", "archive", "arrow-down", "arrow-down-up", "arrow-up", "at-sign", "bell", "bold", "book-open", "bookmark", "bot",
  "building-2", "calendar-off", "check", "check-check",
  "chevron-down", "chevron-left", "chevron-right", "circle-check", "circle-user-round",
  "clock", "clock-alert", "code", "corner-up-right", "ellipsis", "eye", "eye-off", "file-text", "flag", "folder", "folder-tree",
  "forward", "hand", "handshake", "heart-pulse", "hourglass", "image", "inbox", "info", "keyboard", "link", "list", "list-checks",
  "list-filter", "lock", "log-out", "mail", "mail-check", "mail-open", "mail-x", "mails", "menu", "merge", "palette", "paperclip", "pause", "pencil", "plane", "play", "plus", "printer",
  "reply", "rotate-cw", "rows-3", "search", "send",
  "settings", "shield-x", "spell-check", "split", "tag", "tags", "trash-2", "triangle-alert", "undo-2", "unlink", "user-plus", "user-round", "users", "volume-2",
  "x",
];
