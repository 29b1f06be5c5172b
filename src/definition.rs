//! The notation in which messages and entries of lists are declared, and what is made of it.
//!
//! One line per field, in the guide's order: the guide's name and type, then what the crate makes of it.
//!
//! ```text
//! ConnectionCallID   UINT => connection_call_id: Option<CallId>;                    a field of the fixed part
//! ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID; a floating field, at most 64 bytes
//! NumParties         USHORT counts parties [max 16];                                the count of a list
//! NamedVariable      NAMEDVAR(251) list named_variables: NamedVariable<'a> = NAMED_VARIABLE [count NumNamedVariables];
//! ConnectedParty     ENTRIES entries parties: ConnectedParty<'a> [count NumParties]; a list of entries
//! UniqueInstanceID   STRING(64) [since 24];                                         a field whose tag is not published
//! ```
//!
//! In brackets: `since N` and `until N` (versions), `required` or `conditional` (else optional), `max N`
//! (the most entries that the guide allows), `count NumX` (what counts a list). A string at the end
//! is a remark, for docs and schema.
//!
//! Each macro below makes one thing of these lines: the structs, their docs, the schema, and the code that
//! decodes, measures and writes. Inside, lines have all their optional parts as groups, empty or not:
//! `Name TYPE [max] [attributes] [remark] what-it-becomes;`.

/// What the generated code names.
pub(crate) mod scope {
    pub(crate) use crate::error::{DecodeError, EncodeError};
    pub(crate) use crate::field::{FieldValue, Measure};
    #[cfg(feature = "generate")]
    pub(crate) use crate::generate::{self, Generate, Source};
    pub(crate) use crate::list::{
        self, Claim, Column, Entry, ListItem, Read, Run, RunCursor, RunEntry, UNKNOWN,
    };
    pub(crate) use crate::message::{self, Encode, MessageBody};
    pub(crate) use crate::message_type::MessageType;
    pub(crate) use crate::schema::{
        FieldSchema, FloatingSchema, MessageSchema, Need, Offsets, Related, Role, Sender, WireType,
    };
    #[cfg(feature = "serde")]
    pub(crate) use crate::serialize::{self, SerializeFields};
    pub(crate) use crate::tag::Tag;
    pub(crate) use crate::unknown::{Table, UnknownFields};
    pub(crate) use crate::value::Scalar;
    pub(crate) use crate::version::ProtocolVersion;
    pub(crate) use crate::wire::{FloatingField, FloatingFields, Number, Writer, take};
    pub(crate) use core::num::NonZeroU16;
}

/// Declares the messages of a service.
macro_rules! messages {
    (
        ($d:tt) $service:literal;
        $(
            $(#[doc = $doc:literal])+
            $NAME:ident = $number:literal => $Message:ident, from $sender:ident
            $(, confirmed by $Reply:ident)? $(, since $since:literal)?;
            fixed { $(
                $fguide:ident $fwire:ident $(counts $fcounts:ident)? $(=> $fname:ident: $fty:ty)?
                $([$($fattr:tt)*])? $(, $fnote:literal)?;
            )* }
            floating { $(
                $guide:ident $wire:ident $(($max:literal))?
                $(counts $counts:ident = $CTAG:ident)? $(=> $name:ident: $ty:ty = $TAG:ident)?
                $(list $list:ident: $item:ty = $LTAG:ident)? $(entries $entries:ident: $entry:ty)?
                $([$($attr:tt)*])? $(, $note:literal)?;
            )* }
        )*
    ) => {
        $($crate::definition::message! {
            $service [$($doc)+] $NAME $number $Message $sender [$($Reply)?] [$($since)?]
            { $(
                $fguide $fwire [] [$($($fattr)*)?] [$($fnote)?] $(counts $fcounts)? $(=> $fname: $fty)?;
            )* }
            { $(
                $guide $wire [$($max)?] [$($($attr)*)?] [$($note)?] $(counts $counts = $CTAG)?
                $(=> $name: $ty = $TAG)? $(list $list: $item = $LTAG)? $(entries $entries: $entry)?;
            )* }
            { $(
                $guide $wire [$($max)?] [$($($attr)*)?] [$($note)?] $(counts $counts = $CTAG)?
                $(=> $name: $ty = $TAG)? $(list $list: $item = $LTAG)? $(entries $entries: $entry)?;
            )* }
        })*

        /// Adds the messages of this service to those that follow, and goes on with the next service.
        macro_rules! collect {
            ($d then:ident [$d($d more:ident)*] $d($d messages:tt)*) => {
                $d then! { [$d($d more)*] $d($d messages)* $(($Message $NAME))* }
            };
        }
        pub(crate) use collect;
    };
}
pub(crate) use messages;

/// Declares one message. The floating part comes twice: once to take apart, once to hand on.
macro_rules! message {
    (
        $service:literal [$($doc:literal)+] $NAME:ident $number:literal $Message:ident $sender:ident
        [$($Reply:ident)?] [$($since:literal)?]
        { $(
            $fguide:ident $fwire:ident $fmax:tt $fattr:tt $fnote:tt $(counts $fcounts:ident)?
            $(=> $fname:ident: $fty:ty)?;
        )* }
        { $(
            $guide:ident $wire:ident $max:tt $attr:tt $note:tt $(counts $counts:ident = $CTAG:ident)?
            $(=> $name:ident: $ty:ty = $TAG:ident)? $(list $list:ident: $item:ty = $LTAG:ident)?
            $(entries $entries:ident: $entry:ty)?;
        )* }
        $floating:tt
    ) => {
        impl $crate::message_type::MessageType {
            #[doc = concat!("`", stringify!($NAME), "`, ", $number, ".")]
            pub const $NAME: Self = Self($number);
        }

        $(#[doc = $doc])+
        #[doc = concat!(
            "\n\nCTI Server Message Reference Guide, ", $service, ": `", stringify!($NAME), "`, message type ",
            $number, $(", since version ", $since,)? "."
        )]
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $Message<'a> {
            $($(
                #[doc = $crate::definition::field_doc!($fguide $fwire $fmax $fattr $fnote)]
                pub $fname: $fty,
            )?)*
            $(
                $(
                    #[doc = $crate::definition::field_doc!($guide $wire $max $attr $note)]
                    pub $name: Option<$ty>,
                )?
                $(
                    #[doc = $crate::definition::field_doc!($guide $wire $max $attr $note)]
                    pub $list: $crate::list::List<'a, $item>,
                )?
                $(
                    #[doc = $crate::definition::field_doc!($guide $wire $max $attr $note)]
                    pub $entries: $crate::list::List<'a, $entry>,
                )?
            )*
            /// Floating fields that the table of this message does not have.
            pub unknown: $crate::unknown::UnknownFields<'a>,
        }

        const _: () = {
            use $crate::definition::{scope::*, *};

            #[allow(dead_code, reason = "some tables give a version with every field")]
            const SINCE: u8 = or!(9 $(, $since)?);

            const FIXED: &[FieldSchema] = &[$(schema!($fguide $fwire $fmax $fattr $fnote SINCE $(=> $fty)?),)*];

            /// Bytes of the fixed part.
            #[inline(always)]
            const fn fixed_len(_version: ProtocolVersion) -> usize {
                0 $(+ if within!(_version $fattr) { WireType::$fwire.size() } else { 0 })*
            }

            claim! { $floating }

            impl<'a> $Message<'a> {
                const SCHEMA_VALUE: MessageSchema = MessageSchema {
                    name: stringify!($NAME),
                    message_type: MessageType($number),
                    sender: Sender::$sender,
                    service: $service,
                    reply: reply!($($Reply)?),
                    since: SINCE,
                    fixed: FIXED,
                    floating: floating_schema!(SINCE $floating),
                    offsets: Offsets::new(SINCE, FIXED),
                };
            }

            /// The table as a static: of a constant, each part of a program gets a copy of its own.
            static SCHEMA: MessageSchema = $Message::SCHEMA_VALUE;

            impl<'a> MessageBody<'a> for $Message<'a> {
                const SCHEMA: &'static MessageSchema = &SCHEMA;

                fn decode(version: ProtocolVersion, body: &'a [u8]) -> Result<Self, DecodeError> {
                    let version = message::version_of(Self::SCHEMA, version, body);
                    let fixed_len = fixed_len(version);
                    let Some((fixed, floating)) = body.split_at_checked(fixed_len) else {
                        return Err(DecodeError::fixed_part_cut(Self::SCHEMA, fixed_len, body.len()));
                    };
                    let mut message = Self::default();
                    let mut _fixed = fixed;
                    $(
                        if within!(version $fattr) {
                            $(message.$fname = Scalar::from_number(take(&mut _fixed));)?
                            $(message.$fcounts.declare(take(&mut _fixed));)?
                        }
                    )*
                    message.read_floating(version, body, floating)?;
                    Ok(message)
                }
            }

            impl<'a> $Message<'a> {
                /// Behind a reference and a call, so that the compiler leaves the fields where they are and does not
                /// carry them all in registers from one floating field to the next.
                #[inline(never)]
                fn read_floating(
                    &mut self,
                    version: ProtocolVersion,
                    body: &'a [u8],
                    floating: &'a [u8],
                ) -> Result<(), DecodeError> {
                    let mut fields = FloatingFields::new(version, floating);
                    let mut seen = 0;
                    while let Some(field) = fields.next() {
                        match read_field!(self seen version field fields floating $floating) {
                            Read::Taken => {}
                            Read::Unknown => seen |= UNKNOWN,
                            Read::WrongLength => {
                                let here = fields.back_to(field, floating);
                                return Err(DecodeError::field(Self::SCHEMA, version, body.len(), here));
                            }
                        }
                    }
                    if !fields.rest().is_empty() {
                        return Err(DecodeError::field(Self::SCHEMA, version, body.len(), fields.rest()));
                    }
                    let has_unknown = seen & UNKNOWN != 0;
                    $($(let has_unknown = has_unknown && (!<$entry as Entry>::KEEPS_UNKNOWN || self.$entries.is_empty());)?)*
                    if has_unknown {
                        self.unknown = UnknownFields::among(version, floating, TABLE);
                    }
                    Ok(())
                }
            }

            impl<'a> Encode for $Message<'a> {
                fn schema(&self) -> Option<&'static MessageSchema> {
                    Some(Self::SCHEMA)
                }

                fn number(&self, role: Role) -> Option<u32> {
                    $($(
                        if <$fty as Scalar>::ROLE == role {
                            return Some(self.$fname.to_number().to_u32());
                        }
                    )?)*
                    let _ = role;
                    None
                }

                fn measure(&self, measure: &mut Measure) -> Result<(), EncodeError> {
                    measure.fixed_part(fixed_len(measure.version()));
                    $(
                        $(measure.fixed(self.$fname, &const { schema!($fguide $fwire $fmax $fattr $fnote SINCE => $fty) })?;)?
                        $(measure.count(self.$fcounts.len(), &const { schema!($fguide $fwire $fmax $fattr $fnote SINCE) })?;)?
                    )*
                    measure_fields!(self measure SINCE $floating);
                    self.unknown.measure(measure)
                }

                fn write(&self, out: &mut Writer<'_>) {
                    let _version = out.version();
                    $(
                        if within!(_version $fattr) {
                            $(self.$fname.to_number().write(out);)?
                            $(Writer::count_of(self.$fcounts.len()).write(out);)?
                        }
                    )*
                    write_fields!(self out _version $floating);
                    self.unknown.write(out);
                }
            }

            #[cfg(feature = "serde")]
            impl SerializeFields for $Message<'_> {
                const NAME: &'static str = stringify!($NAME);

                fn fields<S: serde::ser::SerializeStruct>(&self, out: &mut serialize::Fields<S>) -> Result<(), S::Error> {
                    $($(out.field(stringify!($fguide), &self.$fname)?;)?)*
                    serialize_fields!(self out $floating);
                    out.list("unknown", self.unknown.is_empty(), &self.unknown)
                }
            }

            #[cfg(feature = "serde")]
            impl serde::Serialize for $Message<'_> {
                fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serialize::fields(self, serializer)
                }
            }

            #[cfg(feature = "generate")]
            impl<'a> Generate<'a> for $Message<'a> {
                fn generate<S: Source<'a>>(source: &mut S, version: ProtocolVersion) -> Option<Self> {
                    let mut message = Self::default();
                    $($(
                        if within!(version $fattr) {
                            message.$fname = generate::fixed(source, version);
                        }
                    )?)*
                    generate_fields!(message source version SINCE $floating);
                    let keeps = false $($(|| <$entry as Entry>::KEEPS_UNKNOWN && !message.$entries.is_empty())?)*;
                    if !keeps {
                        message.unknown = generate::unknown(source, version, claim);
                    }
                    Some(message)
                }
            }
        };
    };
}
pub(crate) use message;

/// Declares entries of lists: fields that follow one another.
///
/// The first field begins an entry, unless `ends with` names one that ends it. With `keeps unknown`, unknown
/// fields among an entry's belong to the entry.
macro_rules! entries {
    ($(
        $(#[doc = $doc:literal])+
        $Entry:ident $(<$lt:lifetime>)? $(, since $since:literal)? $(, ends with $last:ident)? $(, keeps $unknown:ident)?;
        floating { $(
            $guide:ident $wire:ident $(($max:literal))?
            $(counts $counts:ident = $CTAG:ident)? $(=> $name:ident: $ty:ty = $TAG:ident)?
            $(list $list:ident: $item:ty = $LTAG:ident)? $(entries $entries:ident: $entry:ty)?
            $([$($attr:tt)*])? $(, $note:literal)?;
        )* }
    )*) => {
        $($crate::definition::entry! {
            [$($doc)+] $Entry [$(<$lt>)?] [$($since)?] [$($last)?] [$($unknown)?]
            { $(
                $guide $wire [$($max)?] [$($($attr)*)?] [$($note)?] $(counts $counts = $CTAG)?
                $(=> $name: $ty = $TAG)? $(list $list: $item = $LTAG)? $(entries $entries: $entry)?;
            )* }
            { $(
                $guide $wire [$($max)?] [$($($attr)*)?] [$($note)?] $(counts $counts = $CTAG)?
                $(=> $name: $ty = $TAG)? $(list $list: $item = $LTAG)? $(entries $entries: $entry)?;
            )* }
        })*
    };
}
pub(crate) use entries;

/// Declares one kind of entry.
macro_rules! entry {
    (
        [$($doc:literal)+] $Entry:ident [$($generics:tt)*] [$($since:literal)?] [$($last:ident)?]
        [$($unknown:ident)?]
        { $(
            $guide:ident $wire:ident $max:tt $attr:tt $note:tt $(counts $counts:ident = $CTAG:ident)?
            $(=> $name:ident: $ty:ty = $TAG:ident)? $(list $list:ident: $item:ty = $LTAG:ident)?
            $(entries $entries:ident: $entry:ty)?;
        )* }
        $floating:tt
    ) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, Default, PartialEq)]
        pub struct $Entry $($generics)* {
            $(
                $(
                    #[doc = $crate::definition::field_doc!($guide $wire $max $attr $note)]
                    pub $name: Option<$ty>,
                )?
                $(
                    #[doc = $crate::definition::field_doc!($guide $wire $max $attr $note)]
                    pub $list: $crate::list::List<'a, $item>,
                )?
                $(
                    #[doc = $crate::definition::field_doc!($guide $wire $max $attr $note)]
                    pub $entries: $crate::list::List<'a, $entry>,
                )?
            )*
            $(
                /// Floating fields among those of the entry that its table does not have.
                pub $unknown: $crate::unknown::UnknownFields<'a>,
            )?
        }

        const _: () = {
            use $crate::definition::{scope::*, *};

            #[allow(dead_code, reason = "some tables give a version with every field")]
            const SINCE: u8 = or!(9 $(, $since)?);

            claim! { $floating }

            impl<'a> ListItem<'a> for $Entry $($generics)* {
                type Cursor = RunCursor<'a>;

                fn cursor(run: Run<'a>) -> RunCursor<'a> {
                    RunCursor::new(run)
                }

                fn next(cursor: &mut RunCursor<'a>) -> Option<Self> {
                    cursor.next()
                }
            }

            impl<'a> Entry<'a> for $Entry $($generics)* {
                const SCHEMA: &'static [FloatingSchema] = floating_schema!(SINCE $floating);
                $(const KEEPS_UNKNOWN: bool = { stringify!($unknown); true };)?

                fn claim(version: ProtocolVersion, field: FloatingField<'a>) -> Claim {
                    claim(version, field)
                }

                fn measure_list(list: &list::List<'a, Self>, measure: &mut Measure) -> Result<(), EncodeError> {
                    list::measure_runs(list, measure)
                }

                fn write_list(list: &list::List<'a, Self>, out: &mut Writer<'_>) {
                    list::write_runs(list, out);
                }
            }

            impl<'a> RunEntry<'a> for $Entry $($generics)* {
                const LAST: Option<u32> = option!($(At::$last as u32)?);
                const REPEATED: u64 = TABLE.repeated;

                fn read(version: ProtocolVersion, fields: &'a [u8]) -> Self {
                    let mut entry = Self::default();
                    let mut walk = FloatingFields::new(version, fields);
                    let mut seen = 0;
                    while let Some(field) = walk.next() {
                        match read_field!(entry seen version field walk fields $floating) {
                            Read::Taken => {}
                            Read::Unknown | Read::WrongLength => seen |= UNKNOWN,
                        }
                    }
                    $(if seen & UNKNOWN != 0 {
                        entry.$unknown = UnknownFields::among(version, fields, TABLE);
                    })?
                    entry
                }

                fn present(&self) -> u64 {
                    0 $(
                        $(| u64::from(self.$counts.optional_count().is_some()) * bit!($guide $counts))?
                        $(| u64::from(self.$name.is_some()) * bit!($guide $name))?
                        $(| u64::from(!self.$list.is_empty()) * bit!($guide $list))?
                        $(| u64::from(!self.$entries.is_empty()) * bit!($guide $entries))?
                    )*
                }

                fn measure(&self, measure: &mut Measure) -> Result<(), EncodeError> {
                    measure_fields!(self measure SINCE $floating);
                    $(self.$unknown.measure(measure)?;)?
                    Ok(())
                }

                fn write(&self, out: &mut Writer<'_>) {
                    let _version = out.version();
                    write_fields!(self out _version $floating);
                    $(self.$unknown.write(out);)?
                }
            }

            #[cfg(feature = "serde")]
            impl $($generics)* SerializeFields for $Entry $($generics)* {
                const NAME: &'static str = stringify!($Entry);

                fn fields<S: serde::ser::SerializeStruct>(&self, out: &mut serialize::Fields<S>) -> Result<(), S::Error> {
                    serialize_fields!(self out $floating);
                    $(out.list("unknown", self.$unknown.is_empty(), &self.$unknown)?;)?
                    Ok(())
                }
            }

            #[cfg(feature = "serde")]
            impl $($generics)* serde::Serialize for $Entry $($generics)* {
                fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serialize::fields(self, serializer)
                }
            }

            #[cfg(feature = "generate")]
            impl<'a> Generate<'a> for $Entry $($generics)* {
                fn generate<S: Source<'a>>(source: &mut S, version: ProtocolVersion) -> Option<Self> {
                    let mut entry = Self::default();
                    generate_fields!(entry source version SINCE $floating);
                    $(entry.$unknown = generate::unknown(source, version, claim);)?
                    // Without the field that marks it, a reader could not tell the entry from its neighbours.
                    (entry.present() & (1 << Self::LAST.unwrap_or(0)) != 0).then_some(entry)
                }
            }
        };
    };
}
pub(crate) use entry;

/// Declares entries whose members are arrays of equal length, one element of each to an entry.
///
/// On the wire the elements may come entry by entry, array by array, or as arrays within one field each.
/// Slices are written entry by entry; a decoded list is written in the order in which it came.
macro_rules! columns {
    ($(
        $(#[doc = $doc:literal])+
        $Entry:ident, since $since:literal;
        floating { $(
            $guide:ident $wire:ident => $name:ident: $ty:ty = $TAG:ident $([$($attr:tt)*])? $(, $note:literal)?;
        )* }
    )*) => { $(
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, Default, PartialEq)]
        pub struct $Entry {
            $(
                #[doc = $crate::definition::field_doc!($guide $wire [] [$($($attr)*)?] [$($note)?])]
                pub $name: Option<$ty>,
            )*
        }

        const _: () = {
            use $crate::definition::{scope::*, *};

            #[allow(dead_code, reason = "some tables give a version with every field")]
            const SINCE: u8 = $since;

            #[allow(clippy::upper_case_acronyms, reason = "the guide's names")]
            enum At { $($guide,)* Unknown }
        const _: () = assert!((At::Unknown as u32) < UNKNOWN.trailing_zeros());

            impl<'a> ListItem<'a> for $Entry {
                type Cursor = [Column<'a>; [$(At::$guide),*].len()];

                fn cursor(run: Run<'a>) -> Self::Cursor {
                    [$(Column::new(run, Tag::$TAG)),*]
                }

                fn next(cursor: &mut Self::Cursor) -> Option<Self> {
                    let [$($name),*] = cursor;
                    let entry = Self { $($name: $name.next_scalar()),* };
                    (false $(|| entry.$name.is_some())*).then_some(entry)
                }
            }

            impl<'a> Entry<'a> for $Entry {
                const SCHEMA: &'static [FloatingSchema] = &[
                    $(FloatingSchema::Field(schema!($guide $wire [] [$($($attr)*)?] [$($note)?] SINCE => $ty = $TAG)),)*
                ];

                fn claim(version: ProtocolVersion, field: FloatingField<'a>) -> Claim {
                    match field.tag {
                        $(Tag::$TAG if within!(version [$($($attr)*)?]) => {
                            Claim::of(At::$guide as u32, <$ty as FieldValue>::fits(WireType::$wire, field.data))
                        })*
                        _ => Claim::Unknown,
                    }
                }

                fn measure_list(list: &list::List<'a, Self>, measure: &mut Measure) -> Result<(), EncodeError> {
                    $(
                        let schema = &const { schema!($guide $wire [] [$($($attr)*)?] [$($note)?] SINCE => $ty = $TAG) };
                        match list.fields() {
                            Some((_version, fields)) => fields
                                .filter(|field| field.tag == Tag::$TAG && within!(_version [$($($attr)*)?]))
                                .flat_map(|field| list::elements::<$ty>(field.data))
                                .try_for_each(|value| measure.present(&value, schema))?,
                            None => list.iter().try_for_each(|entry| measure.required(entry.$name.as_ref(), schema))?,
                        }
                    )*
                    Ok(())
                }

                fn write_list(list: &list::List<'a, Self>, out: &mut Writer<'_>) {
                    let _version = out.version();
                    match list.fields() {
                        Some((decoded, fields)) => for field in fields {
                            match field.tag {
                                $(Tag::$TAG if within!(decoded [$($($attr)*)?]) && within!(_version [$($($attr)*)?]) => {
                                    list::elements::<$ty>(field.data).for_each(|value| out.floating(Tag::$TAG, Some(&value)));
                                })*
                                _ => {}
                            }
                        },
                        None => for entry in list {
                            $(
                                if within!(_version [$($($attr)*)?]) {
                                    out.floating(Tag::$TAG, entry.$name.as_ref());
                                }
                            )*
                        },
                    }
                }
            }

            #[cfg(feature = "serde")]
            impl SerializeFields for $Entry {
                const NAME: &'static str = stringify!($Entry);

                fn fields<S: serde::ser::SerializeStruct>(&self, out: &mut serialize::Fields<S>) -> Result<(), S::Error> {
                    $(out.optional(stringify!($guide), self.$name.as_ref())?;)*
                    Ok(())
                }
            }

            #[cfg(feature = "serde")]
            impl serde::Serialize for $Entry {
                fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serialize::fields(self, serializer)
                }
            }

            #[cfg(feature = "generate")]
            impl<'a> Generate<'a> for $Entry {
                fn generate<S: Source<'a>>(source: &mut S, version: ProtocolVersion) -> Option<Self> {
                    let all = true $(&& within!(version [$($($attr)*)?]))*;
                    all.then(|| Self { $($name: Some(generate::GenerateValue::generate(source, 0)),)* })
                }
            }
        };
    )* };
}
pub(crate) use columns;

/// Gives floating fields to a serializer.
#[cfg(feature = "serde")]
macro_rules! serialize_fields {
    ($self:ident $out:ident { $(
        $guide:ident $wire:ident $max:tt $attr:tt $note:tt $(counts $counts:ident = $CTAG:ident)?
        $(=> $name:ident: $ty:ty = $TAG:ident)? $(list $list:ident: $item:ty = $LTAG:ident)?
        $(entries $entries:ident: $entry:ty)?;
    )* }) => { $(
        $($out.optional(stringify!($guide), $self.$name.as_ref())?;)?
        $($out.list(stringify!($guide), $self.$list.is_empty(), &$self.$list)?;)?
        $($out.list(stringify!($entries), $self.$entries.is_empty(), &$self.$entries)?;)?
    )* };
}
#[cfg(feature = "serde")]
pub(crate) use serialize_fields;

/// Gives floating fields values at random.
#[cfg(feature = "generate")]
macro_rules! generate_fields {
    ($into:ident $source:ident $version:ident $since:ident { $(
        $guide:ident $wire:ident $max:tt $attr:tt $note:tt $(counts $counts:ident = $CTAG:ident)?
        $(=> $name:ident: $ty:ty = $TAG:ident)? $(list $list:ident: $item:ty = $LTAG:ident)?
        $(entries $entries:ident: $entry:ty)?;
    )* }) => { $(
        $($into.$name = generate::field($source, $version, &schema!($guide $wire $max $attr $note $since => $ty = $TAG));)?
        $($into.$list = generate::values($source, $version, &schema!($guide $wire $max $attr $note $since => $item = $LTAG));)?
        $($into.$entries = generate::entries::<S, $entry>($source, $version);)?
    )* };
}
#[cfg(feature = "generate")]
pub(crate) use generate_fields;

/// Makes the positions of the fields, and the function that tells which of them a field on the wire is.
macro_rules! claim {
    ({ $(
        $guide:ident $wire:ident $max:tt $attr:tt $note:tt $(counts $counts:ident = $CTAG:ident)?
        $(=> $name:ident: $ty:ty = $TAG:ident)? $(list $list:ident: $item:ty = $LTAG:ident)?
        $(entries $entries:ident: $entry:ty)?;
    )* }) => {
        #[allow(dead_code, non_camel_case_types, clippy::enum_variant_names, reason = "the guide's names")]
        enum At { $($guide,)* Unknown }
        const _: () = assert!((At::Unknown as u32) < UNKNOWN.trailing_zeros());

        const TABLE: Table = Table {
            claim,
            repeated: 0 $($(| bit!($guide $list))? $(| bit!($guide $entries))?)*,
        };

        fn claim<'a>(_version: ProtocolVersion, field: FloatingField<'a>) -> Claim {
            match field.tag {
                $(
                    $(Tag::$CTAG if within!(_version $attr) => Claim::of(At::$guide as u32, u16::from_data(field.data).is_some()),)?
                    $(Tag::$TAG if within!(_version $attr) => Claim::of(At::$guide as u32, <$ty>::from_data(field.data).is_some()),)?
                    $(Tag::$LTAG if within!(_version $attr) => Claim::of(At::$guide as u32, <$item as FieldValue>::fits(WireType::$wire, field.data)),)?
                )*
                _ => {
                    let claim = Claim::Unknown;
                    $($(
                        let claim = match claim {
                            Claim::Unknown => <$entry as Entry>::claim(_version, field).at(At::$guide as u32),
                            claim => claim,
                        };
                    )?)*
                    claim
                }
            }
        }
    };
}
pub(crate) use claim;

/// Takes a floating field into a message or an entry.
macro_rules! read_field {
    ($into:ident $seen:ident $version:ident $field:ident $walk:ident $fields:ident { $(
        $guide:ident $wire:ident $max:tt $attr:tt $note:tt $(counts $counts:ident = $CTAG:ident)?
        $(=> $name:ident: $ty:ty = $TAG:ident)? $(list $list:ident: $item:ty = $LTAG:ident)?
        $(entries $entries:ident: $entry:ty)?;
    )* }) => {
        match $field.tag {
            $(
                $(Tag::$CTAG if within!($version $attr) => Read::count(&mut $into.$counts, $field.data, &mut $seen, bit!($guide $counts)),)?
                $(Tag::$TAG if within!($version $attr) => Read::value(&mut $into.$name, $field.data, &mut $seen, bit!($guide $name)),)?
                $(Tag::$LTAG if within!($version $attr) => Read::list(&mut $into.$list, WireType::$wire, $field, &$walk, $fields, &mut $seen, bit!($guide $list)),)?
            )*
            _ => {
                let read = Read::Unknown;
                $($(
                    let read = match read {
                        Read::Unknown => Read::entry(&mut $into.$entries, $field, &$walk, $fields, &mut $seen, bit!($guide $entries)),
                        read => read,
                    };
                )?)*
                read
            }
        }
    };
}
pub(crate) use read_field;

/// Adds floating fields to a measure.
macro_rules! measure_fields {
    ($self:ident $measure:ident $since:ident { $(
        $guide:ident $wire:ident $max:tt $attr:tt $note:tt $(counts $counts:ident = $CTAG:ident)?
        $(=> $name:ident: $ty:ty = $TAG:ident)? $(list $list:ident: $item:ty = $LTAG:ident)?
        $(entries $entries:ident: $entry:ty)?;
    )* }) => { $(
        $(
            let count = $self.$counts.optional_count();
            $measure.optional_count(count, &const { schema!($guide $wire $max $attr $note $since = $CTAG) })?;
        )?
        $($measure.floating($self.$name.as_ref(), &const { schema!($guide $wire $max $attr $note $since => $ty = $TAG) })?;)?
        $(list::measure_values(&$self.$list, &const { schema!($guide $wire $max $attr $note $since => $item = $LTAG) }, $measure)?;)?
        $(<$entry as Entry>::measure_list(&$self.$entries, $measure)?;)?
    )* };
}
pub(crate) use measure_fields;

/// Writes floating fields.
macro_rules! write_fields {
    ($self:ident $out:ident $version:ident { $(
        $guide:ident $wire:ident $max:tt $attr:tt $note:tt $(counts $counts:ident = $CTAG:ident)?
        $(=> $name:ident: $ty:ty = $TAG:ident)? $(list $list:ident: $item:ty = $LTAG:ident)?
        $(entries $entries:ident: $entry:ty)?;
    )* }) => { $(
        $(
            if within!($version $attr) {
                $out.floating(Tag::$CTAG, $self.$counts.optional_count().map(Writer::count_of).as_ref());
            }
        )?
        $(
            if within!($version $attr) {
                $out.floating(Tag::$TAG, $self.$name.as_ref());
            }
        )?
        $(
            if within!($version $attr) {
                list::write_values(&$self.$list, Tag::$LTAG, $out);
            }
        )?
        $(<$entry as Entry>::write_list(&$self.$entries, $out);)?
    )* };
}
pub(crate) use write_fields;

/// The schema of a floating part.
macro_rules! floating_schema {
    ($since:ident { $(
        $guide:ident $wire:ident $max:tt $attr:tt $note:tt $(counts $counts:ident = $CTAG:ident)?
        $(=> $name:ident: $ty:ty = $TAG:ident)? $(list $list:ident: $item:ty = $LTAG:ident)?
        $(entries $entries:ident: $entry:ty)?;
    )* }) => {
        &[$(
            floating_line!($guide $wire $max $attr $note $since $(= $CTAG)? $(=> $ty = $TAG)? $(=> $item = $LTAG)?
                $(entries $entry)?),
        )*]
    };
}
pub(crate) use floating_schema;

/// The schema of a line of a floating part.
macro_rules! floating_line {
    ($guide:ident $wire:ident $max:tt $attr:tt $note:tt $since:ident entries $entry:ty) => {
        FloatingSchema::Entries { count: count_name!($attr), members: <$entry as Entry>::SCHEMA }
    };
    ($($field:tt)*) => {
        FloatingSchema::Field(schema!($($field)*))
    };
}
pub(crate) use floating_line;

/// The schema of a field.
macro_rules! schema {
    ($guide:ident $wire:ident $max:tt $attr:tt [$($note:literal)?] $since:ident $(=> $ty:ty)? $(= $TAG:ident)?) => {
        FieldSchema {
            name: stringify!($guide),
            wire: WireType::$wire,
            tag: option!($(Tag::$TAG)?),
            max: bound!($max),
            need: need!($attr),
            since: since!($since $attr),
            until: until!($attr),
            limit: limit!($attr),
            nullable: or!(false $(, <$ty as FieldValue>::NULLABLE)?),
            values: or!(None $(, <$ty as FieldValue>::VALUES)?),
            secret: or!(false $(, <$ty as FieldValue>::SECRET)?),
            role: or!(Role::Other $(, <$ty as FieldValue>::ROLE)?),
            related: related!($attr),
        }
    };
}
pub(crate) use schema;

/// The docs of a field: the guide's name and type, its versions, and the remark.
macro_rules! field_doc {
    ($guide:ident ENTRIES $max:tt $attr:tt [$($note:literal)?]) => {
        concat!("Entries of several fields, counted by `", $crate::definition::count_name!($attr), "`." $(, " ", $note, ".")?)
    };
    ($guide:ident $wire:ident [$($max:literal)?] $attr:tt [$($note:literal)?]) => {
        concat!(
            "`", stringify!($guide), "`, ", stringify!($wire) $(, "(", $max, ")")?,
            $crate::definition::doc_attributes!($attr), "." $(, " ", $note, ".")?
        )
    };
}
pub(crate) use field_doc;

/// The part of a field's docs that its attributes make.
macro_rules! doc_attributes {
    ([]) => { "" };
    ([since $n:literal $(, $($rest:tt)*)?]) => {
        concat!(", since version ", $n, $crate::definition::doc_attributes!([$($($rest)*)?]))
    };
    ([until $n:literal $(, $($rest:tt)*)?]) => {
        concat!(", until version ", $n, $crate::definition::doc_attributes!([$($($rest)*)?]))
    };
    ([count $count:ident $(, $($rest:tt)*)?]) => {
        concat!(", counted by `", stringify!($count), "`", $crate::definition::doc_attributes!([$($($rest)*)?]))
    };
    ([device $kind:ident $(, $($rest:tt)*)?]) => { $crate::definition::doc_attributes!([$($($rest)*)?]) };
    ([max $n:literal $(, $($rest:tt)*)?]) => { $crate::definition::doc_attributes!([$($($rest)*)?]) };
    ([$need:ident $(, $($rest:tt)*)?]) => {
        concat!(", ", stringify!($need), $crate::definition::doc_attributes!([$($($rest)*)?]))
    };
}
pub(crate) use doc_attributes;

/// Whether a version has a field.
macro_rules! within {
    ($version:ident $attr:tt) => {
        $version.within($crate::definition::since!(MIN $attr), $crate::definition::until!($attr))
    };
}
pub(crate) use within;

/// The first version of a field; for all versions `$default`, where `MIN` stands for 0.
macro_rules! since {
    ($default:ident [since $n:literal $($rest:tt)*]) => { $n };
    ($default:ident [$skip:tt $($rest:tt)*]) => { $crate::definition::since!($default [$($rest)*]) };
    (MIN []) => { 0 };
    ($default:ident []) => { $default };
}
pub(crate) use since;

/// The last version of a field.
macro_rules! until {
    ([until $n:literal $($rest:tt)*]) => { $n };
    ([$skip:tt $($rest:tt)*]) => { $crate::definition::until!([$($rest)*]) };
    ([]) => { u8::MAX };
}
pub(crate) use until;

/// Whether a sender has to give a field.
macro_rules! need {
    ([required $($rest:tt)*]) => { Need::Required };
    ([conditional $($rest:tt)*]) => { Need::Conditional };
    ([$skip:tt $($rest:tt)*]) => { need!([$($rest)*]) };
    ([]) => { Need::Optional };
}
pub(crate) use need;

/// The fields that tell more of a field.
macro_rules! related {
    ([]) => {
        None
    };
    ($attr:tt) => {{
        const RELATED: Related = Related { count: count!($attr), device: device!($attr) };
        if RELATED.count.is_none() && RELATED.device.is_none() { None } else { Some(&RELATED) }
    }};
}
pub(crate) use related;

/// The count of a list, if it is one.
macro_rules! count {
    ([count $count:ident $($rest:tt)*]) => { Some(stringify!($count)) };
    ([$skip:tt $($rest:tt)*]) => { count!([$($rest)*]) };
    ([]) => { None };
}
pub(crate) use count;

/// The count of a list.
macro_rules! count_name {
    ([count $count:ident $($rest:tt)*]) => { stringify!($count) };
    ([$skip:tt $($rest:tt)*]) => { $crate::definition::count_name!([$($rest)*]) };
}
pub(crate) use count_name;

/// The most entries that a count allows.
macro_rules! limit {
    ([max $n:literal $($rest:tt)*]) => { bound!([$n]) };
    ([$skip:tt $($rest:tt)*]) => { limit!([$($rest)*]) };
    ([]) => { None };
}
pub(crate) use limit;

/// The field that tells the kind of a device.
macro_rules! device {
    ([device $kind:ident $($rest:tt)*]) => { Some(stringify!($kind)) };
    ([$skip:tt $($rest:tt)*]) => { device!([$($rest)*]) };
    ([]) => { None };
}
pub(crate) use device;

/// The confirmation of a message.
macro_rules! reply {
    () => {
        None
    };
    ($Reply:ident) => {
        Some(MessageType::$Reply)
    };
}
pub(crate) use reply;

/// `Some` of a value, or `None` of nothing.
macro_rules! option {
    () => {
        None
    };
    ($value:expr) => {
        Some($value)
    };
}
pub(crate) use option;

/// A number that is never 0, if there is one.
macro_rules! bound {
    ([]) => {
        None
    };
    ([$number:literal]) => {
        NonZeroU16::new($number)
    };
}
pub(crate) use bound;

/// The value that is given, or else the default.
macro_rules! or {
    ($default:expr) => {
        $default
    };
    ($default:expr, $given:expr) => {
        $given
    };
}
pub(crate) use or;

/// The bit of a field's position; the second name only says what kind of line it is.
macro_rules! bit {
    ($guide:ident $kind:ident) => {
        (1u64 << At::$guide as u32)
    };
}
pub(crate) use bit;
