//! The declaration of an operation's parameters.

/// Declares an operation's parameters: the struct, and how a scenario writes it.
///
/// The field in brackets is the subject; the others bear the API's own names.
macro_rules! operation {
    (
        $(#[$meta:meta])*
        pub struct $Operation:ident {
            $([ $(#[$about_meta:meta])* $about:ident: $About:ty ])?
            $($(#[$field_meta:meta])* $field:ident: $Field:ty = $key:literal,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct $Operation {
            $($(#[$about_meta])* pub $about: $About,)?
            $($(#[$field_meta])* pub $field: $Field,)*
        }

        impl $crate::parameters::Written for $Operation {
            const NAME: &'static str = stringify!($Operation);

            const PARAMETERS: &'static [$crate::parameters::ParameterInfo] = &[
                $($crate::parameters::ParameterInfo {
                    key: "",
                    expected: <$About as $crate::parameters::Parameter>::EXPECTED,
                },)?
                $($crate::parameters::ParameterInfo {
                    key: $key,
                    expected: <$Field as $crate::parameters::Parameter>::EXPECTED,
                },)*
            ];

            fn read(
                arguments: &$crate::parameters::Arguments,
            ) -> Result<Self, $crate::parameters::ArgumentError> {
                $crate::parameters::check_keys::<Self>(arguments)?;
                Ok(Self {
                    $($about: $crate::parameters::read_subject(arguments)?,)?
                    $($field: $crate::parameters::read_key(arguments, $key)?,)*
                })
            }

            fn write(&self) -> $crate::parameters::Arguments {
                let subject = None;
                $(let subject =
                    $crate::parameters::Parameter::write(&self.$about).into_iter().next().or(subject);)?
                let named = Vec::new();
                $(let named = $crate::parameters::with_key(named, $key, &self.$field);)*
                $crate::parameters::Arguments { region: $crate::Region::HOME, subject, named }
            }

            fn names(&self) -> Vec<&$crate::Name> {
                let found = Vec::new();
                $(let found = $crate::parameters::with_names_of(found, &self.$about);)?
                $(let found = $crate::parameters::with_names_of(found, &self.$field);)*
                found
            }

            fn client_token(&self) -> Option<&$crate::parameters::ClientToken> {
                let found = None;
                $(let found = found.or($crate::parameters::Parameter::token(&self.$field));)*
                found
            }

            fn client_token_mut(&mut self) -> Option<&mut $crate::parameters::ClientToken> {
                let found = None;
                $(let found = found.or($crate::parameters::Parameter::token_mut(&mut self.$field));)*
                found
            }
        }
    };
}
pub(crate) use operation;
