//! Chance from bytes, for messages made at random. What is made lives as long as the test.

use ged188::generate::Source;

pub(crate) struct Random {
    bytes: std::vec::IntoIter<u8>,
}

impl Random {
    pub(crate) fn new(bytes: Vec<u8>) -> Self {
        Self { bytes: bytes.into_iter() }
    }

    fn byte(&mut self) -> u8 {
        self.bytes.next().unwrap_or(0)
    }
}

impl Source<'static> for Random {
    fn number(&mut self) -> u32 {
        u32::from_be_bytes([self.byte(), self.byte(), self.byte(), self.byte()])
    }

    fn chance(&mut self) -> bool {
        self.byte() & 1 == 1
    }

    fn bytes(&mut self, max: usize, text: bool) -> &'static [u8] {
        // Mostly short, sometimes as long as can be.
        let len = match self.byte() {
            255 => max,
            len => usize::from(len % 16).min(max),
        };
        let byte = |byte: u8| if text { byte.max(1) } else { byte };
        (0..len).map(|_| byte(self.byte())).collect::<Vec<_>>().leak()
    }

    fn slice<T: Copy>(&mut self, mut item: impl FnMut(&mut Self) -> Option<T>) -> &'static [T] {
        let len = self.byte() % 4;
        (0..len).filter_map(|_| item(self)).collect::<Vec<_>>().leak()
    }
}
