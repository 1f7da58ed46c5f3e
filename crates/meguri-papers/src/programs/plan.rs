//! What the paper says, before it is printed: the truth.

use super::prose;
use fastrand::Rng;
use serde_json::{Map, Value, json};

/// A row of the table.
pub(super) struct Program {
    pub(super) no: u32,
    /// `実施`, or else `検討`.
    pub(super) scheduled: bool,
    /// Index of its direction.
    pub(super) direction: usize,
    pub(super) name: String,
    pub(super) orientation: Vec<String>,
    pub(super) items: Vec<String>,
    pub(super) plan: Vec<String>,
    pub(super) done: Vec<String>,
    pub(super) issues: Vec<String>,
    pub(super) grade: Option<char>,
    /// The tools lost the grade: the text has it no more.
    pub(super) grade_lost: bool,
}

/// A row of the table of delayed programmes.
pub(super) struct Delayed {
    pub(super) no: u32,
    pub(super) name: String,
    pub(super) causes: Vec<String>,
    pub(super) responses: Vec<String>,
}

/// A whole paper.
pub(super) struct Plan {
    pub(super) year: u32,
    pub(super) scale: Vec<char>,
    pub(super) directions: Vec<String>,
    pub(super) programs: Vec<Program>,
    pub(super) delayed: Vec<Delayed>,
}

fn several(rng: &mut Rng, most: usize, one: fn(&mut Rng) -> String) -> Vec<String> {
    (0..rng.usize(1..=most)).map(|_| one(rng)).collect()
}

impl Plan {
    pub(super) fn draw(rng: &mut Rng, units: usize, tearing: u32) -> Self {
        let count = rng.usize(2..=5);
        let mut directions: Vec<String> = Vec::new();
        while directions.len() < count {
            let name = prose::direction(rng);
            if !directions.contains(&name) {
                directions.push(name);
            }
        }
        let scale = pick_scale(rng);
        let scheduled = units - units / 3;
        let mut programs = Vec::with_capacity(units);
        for index in 0..units {
            let within = if index < scheduled {
                index
            } else {
                index - scheduled
            };
            let of = if index < scheduled {
                scheduled
            } else {
                units - scheduled
            };
            let direction = within * count / of.max(1);
            programs.push(program(
                rng,
                index,
                index < scheduled,
                direction,
                &scale,
                tearing,
            ));
        }
        shuffle_rows(rng, &mut programs);
        let worst = scale.last().copied();
        let late: Vec<&Program> = programs
            .iter()
            .filter(|p| p.grade == worst && p.scheduled)
            .collect();
        let delayed = late
            .into_iter()
            .map(|p| Delayed {
                no: p.no,
                name: p.name.clone(),
                causes: several(rng, 3, prose::cause),
                responses: several(rng, 2, prose::response),
            })
            .collect();
        Self {
            year: rng.u32(2..9),
            scale,
            directions,
            programs,
            delayed,
        }
    }

    /// How many programmes of a direction are printed with a grade.
    pub(super) fn count(&self, direction: usize, grade: char) -> usize {
        let mine = |p: &&Program| p.scheduled && p.direction == direction && p.grade == Some(grade);
        self.programs.iter().filter(mine).count()
    }

    /// How many programmes a direction has in the first table.
    pub(super) fn size(&self, direction: usize) -> usize {
        let mine = |p: &&Program| p.scheduled && p.direction == direction;
        self.programs.iter().filter(mine).count()
    }

    /// What a perfect reader gets out of the text.
    pub(super) fn truth(&self) -> Value {
        let rows = self.directions.iter().enumerate().map(|(index, name)| {
            let mut row = Map::new();
            row.insert("direction".into(), json!(index + 1));
            row.insert("name".into(), json!(name));
            row.insert("programs".into(), json!(self.size(index)));
            for grade in &self.scale {
                row.insert(grade.to_string(), json!(self.count(index, *grade)));
            }
            Value::Object(row)
        });
        let mut total = Map::new();
        for grade in &self.scale {
            let all = |p: &&Program| p.scheduled && p.grade == Some(*grade);
            let sum = self.programs.iter().filter(all).count();
            total.insert(grade.to_string(), json!(sum));
        }
        let delayed = self.delayed.iter().map(|row| {
            json!({"no": row.no, "name": row.name, "causes": row.causes, "responses": row.responses})
        });
        let directions = self.directions.iter().enumerate();
        json!({
            "summary": {"rows": rows.collect::<Vec<_>>(), "total": total},
            "delayed": delayed.collect::<Vec<_>>(),
            "directions": directions
                .map(|(index, name)| json!({"no": index + 1, "name": name}))
                .collect::<Vec<_>>(),
            "programs": self.programs.iter().map(Program::truth).collect::<Vec<_>>(),
        })
    }
}

impl Program {
    fn truth(&self) -> Value {
        json!({
            "no": self.no,
            "kind": if self.scheduled { "実施" } else { "検討" },
            "direction": self.direction + 1,
            "name": self.name,
            "orientation": self.orientation,
            "items": self.items,
            "initial_plan": self.plan,
            "achievements": self.done,
            "issues": self.issues,
            "grade": self.grade.filter(|_| !self.grade_lost),
        })
    }
}

fn pick_scale(rng: &mut Rng) -> Vec<char> {
    match rng.usize(..4) {
        0 => vec!['S', 'A', 'B', 'C'],
        1 => vec!['A', 'B', 'C'],
        _ => vec!['S', 'A', 'B'],
    }
}

/// Some papers list the rows of a direction in another order than that of their numbers.
fn shuffle_rows(rng: &mut Rng, programs: &mut [Program]) {
    if rng.u8(..4) != 0 {
        return;
    }
    for group in
        programs.chunk_by_mut(|a, b| (a.scheduled, a.direction) == (b.scheduled, b.direction))
    {
        rng.shuffle(group);
    }
}

fn program(
    rng: &mut Rng,
    index: usize,
    scheduled: bool,
    direction: usize,
    scale: &[char],
    tearing: u32,
) -> Program {
    let mut done = several(rng, 4, prose::done);
    if rng.u8(..8) == 0 {
        done.push(prose::outcome(rng));
    }
    let most = rng.u8(..10) < 7;
    let grade = scale.get(if most { 1 } else { rng.usize(..scale.len()) });
    Program {
        no: u32::try_from(index + 1).unwrap_or(u32::MAX),
        scheduled,
        direction,
        name: prose::name(rng),
        orientation: if scheduled {
            several(rng, 3, prose::orientation)
        } else {
            vec![prose::question(rng)]
        },
        items: if scheduled {
            several(rng, 4, prose::item)
        } else {
            Vec::new()
        },
        plan: several(rng, 4, prose::planned),
        done,
        issues: several(rng, 4, prose::issue),
        grade: grade.copied().filter(|_| scheduled),
        grade_lost: rng.u32(..1000) < tearing / 4,
    }
}
