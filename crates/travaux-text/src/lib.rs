//! What treaty text is: provisions, the merge of many sides over one base, and brackets.
