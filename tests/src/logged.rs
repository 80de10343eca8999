//! The log of one test.

use std::cell::RefCell;
use std::io::Write;
use std::sync::Once;

thread_local! {
    /// Log of this thread, while somebody listens.
    static LOGGED: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

/// Writes log lines to the thread that logs them.
struct ByThread;

impl Write for ByThread {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LOGGED.with_borrow_mut(|log| log.iter_mut().for_each(|log| log.extend_from_slice(bytes)));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Begins to listen to this thread. One subscriber serves the process: each of several scoped ones would see only the
/// places that no other thread passed before it.
pub fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let subscriber = tracing_subscriber::fmt().with_writer(|| ByThread).with_max_level(tracing::Level::INFO);
        tracing::subscriber::set_global_default(subscriber.finish()).expect("no other test sets one");
    });
    LOGGED.set(Some(Vec::new()));
}

/// Returns what this thread logged since it began to listen, and ends that.
pub fn heard() -> String {
    String::from_utf8(LOGGED.take().expect("this thread listens")).unwrap()
}
